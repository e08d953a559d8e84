import type { Scope } from './scope.ts'

/** A request for erasure, as it stands to the actor. */
export interface ErasureFacts {
  /** The account that asks. */
  accountId: string
  /** The body that keeps the account, or one above it, is one that the actor administers. */
  administered: boolean
}

/** Who may do what with a request for erasure. Everybody asks for themselves; nobody decides about themselves. */
export const erasureRequests = {
  view: (scope: Scope, request: ErasureFacts): boolean =>
    request.administered || request.accountId === scope.accountId,
  withdraw: (scope: Scope, request: ErasureFacts): boolean => request.accountId === scope.accountId,
  decide: (scope: Scope, request: ErasureFacts): boolean =>
    request.administered && request.accountId !== scope.accountId,
}
