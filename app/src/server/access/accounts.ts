import type { Scope } from './scope.ts'

/** What decides about an account: whose it is, and where all that it may do lies. */
export interface AccountFacts {
  accountId: string
  /** It is kept below one of the tops that the actor administers. */
  belowActor: boolean
  /** And no right of it, now or to come, lies elsewhere: with one it would be a way up. */
  wholeBelowActor: boolean
}

const isOther = (scope: Scope, account: AccountFacts): boolean => account.accountId !== scope.accountId

/** Who may do what with another's account. One's own is changed on one's own page, and nobody gives rights to himself. */
export const accounts = {
  view: (_scope: Scope, account: AccountFacts): boolean => account.belowActor,
  invite: (scope: Scope, account: AccountFacts): boolean =>
    account.belowActor && account.wholeBelowActor && isOther(scope, account),
  switchOff: (scope: Scope, account: AccountFacts): boolean =>
    account.belowActor && account.wholeBelowActor && isOther(scope, account),
  giveRights: (scope: Scope, account: AccountFacts): boolean => account.belowActor && isOther(scope, account),
}
