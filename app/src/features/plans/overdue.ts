/** From where one looks at what is late: the office's plans, the supervised area, the units that one belongs to. */
export const overdueOf = ['office', 'area', 'own'] as const
export type OverdueOf = (typeof overdueOf)[number]
