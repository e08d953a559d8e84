/** What a browser is told that an XLSX file is. */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
