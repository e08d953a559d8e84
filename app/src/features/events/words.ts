import { inBothLanguages } from '@trienkhai/vietnamese/language.ts'

export const eventWords = inBothLanguages({
  vi: {
    title: 'Hội nghị, sự kiện sắp tới',
    empty: 'Chưa có hội nghị, sự kiện nào sắp tới',
    emptyMend: 'Sự kiện trong kế hoạch đã triển khai hiện ở đây.',
    agenda: (count: string): string => `chương trình ${count} mục`,
    bodies: (count: string): string => `${count} đơn vị`,
    until: (day: string): string => `đến ${day}`,
    minutes: (count: string): string => `${count} phút`,
    invitees: 'Thành phần',
  },
  en: {
    title: 'Events to come',
    empty: 'No events to come',
    emptyMend: 'Events of launched plans appear here.',
    agenda: (count: string): string => `${count} agenda items`,
    bodies: (count: string): string => `${count} units`,
    until: (day: string): string => `until ${day}`,
    minutes: (count: string): string => `${count} minutes`,
    invitees: 'Invited',
  },
})
