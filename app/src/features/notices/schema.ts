export const noticeKinds = [
  'plan-launched',
  'plan-withdrawn',
  'plan-amended',
  'plan-closed',
  'plan-reopened',
  'obstacle-raised',
  'obstacle-answered',
  'reorganised',
  'reorganisation-failed',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

export interface NoticeLine {
  id: string
  kind: NoticeKind
  planId: string | null
  planSubject: string | null
  planNumber: string | null
  organisationName: string | null
  /** `assignmentId`, where it is about one. */
  details: { key?: string; assignmentId?: string; text?: string }
  createdAt: Date
  readAt: Date | null
  /** The address of what it tells of; null where that is not the reader's to see any more. */
  opens: string | null
}
