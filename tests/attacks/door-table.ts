import { vietnamDate } from '@trienkhai/vietnamese/civil-date.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import type { FormFields } from '../helpers/session.ts'
import { accountDoors } from './account-doors.ts'
import { aboveOrIn, administrators, type DoingDoor, type Door, type ReadingDoor, readers } from './door.ts'
import { type PlantedRows, pixel } from './planted-rows.ts'

export { type Attacker, attackers, type Door, readers } from './door.ts'

const command = (): { command: string } => ({ command: newId() })
const picture = (): File => new File([pixel], 'anh.png', { type: 'image/png' })

const ofReview = (action: string, fields: (rows: PlantedRows) => FormFields): [string, DoingDoor] => [
  `POST /plans/[id]/review?/${action}`,
  { path: (rows) => `/plans/${rows.planInReview}/review?/${action}`, fields, answers: 'hidden' },
]
const ofPaper = (action: string, fields: (rows: PlantedRows) => FormFields): [string, DoingDoor] => [
  `POST /papers/[id]?/${action}`,
  { path: (rows) => `/papers/${rows.paper}?/${action}`, fields, answers: 'hidden' },
]
const ofPlan = (action: string, fields: (rows: PlantedRows) => FormFields): [string, DoingDoor] => [
  `POST /plans/[id]?/${action}`,
  { path: (rows) => `/plans/${rows.plan}?/${action}`, fields, answers: 'hidden' },
]
const ofDocument = (action: string): [string, DoingDoor] => [
  `POST /documents/[id]?/${action}`,
  { path: (rows) => `/documents/${rows.document}?/${action}`, fields: () => ({}), answers: 'hidden' },
]
const ofWork = (action: string, fields: (rows: PlantedRows) => FormFields): [string, DoingDoor] => [
  `POST /work/[assignmentId]?/${action}`,
  {
    path: (rows) => `/work/${rows.assignment}?/${action}`,
    fields: (rows) => ({ ...command(), ...fields(rows) }),
    answers: 'hidden',
  },
]
const ofMembership = (action: string, fields: (rows: PlantedRows) => FormFields): [string, DoingDoor] => [
  `POST /people/[id]/membership?/${action}`,
  {
    path: (rows) => `/people/${rows.person}/membership?/${action}`,
    fields: (rows) => ({ ...command(), fromOn: '2026-01-01', toOn: '2026-12-31', ...fields(rows) }),
    answers: 'hidden',
  },
]
const ofPerson = (
  door: string,
  action: string,
  fields: (rows: PlantedRows) => FormFields,
): [string, DoingDoor] => [
  `POST /people/[id]/${door}${action}`,
  {
    path: (rows) => `/people/${rows.person}/${door.replace('[postId]', rows.post)}${action}`,
    fields: (rows) => ({ ...command(), fromOn: '2026-01-01', toOn: '2026-12-31', ...fields(rows) }),
    answers: 'hidden',
  },
]
const readPerson = (door: string): [string, ReadingDoor] => [
  `GET /people/[id]/${door}`,
  { path: (rows) => `/people/${rows.person}/${door.replace('[postId]', rows.post)}`, opens: [] },
]
const ofImport = (action: string, fields: (rows: PlantedRows) => FormFields): [string, DoingDoor] => [
  `POST /imports/[id]?/${action}`,
  { path: (rows) => `/imports/${rows.import}?/${action}`, fields, answers: 'hidden' },
]
const field = (rows: PlantedRows): FormFields => ({ field: rows.field })
const finding = (rows: PlantedRows): FormFields => ({ finding: rows.finding })
const section = (rows: PlantedRows): FormFields => ({ section: rows.section })

/** Every door of the product. A new one belongs in here, with who may pass it: the test says so. */
export const doors: Readonly<Record<string, Door>> = {
  'GET /sign-in': { open: 'it is where one signs in' },
  'POST /sign-in': { open: 'it is where one signs in' },
  'POST /sign-out': { open: 'it ends the session of its own cookies' },
  'POST /preferences': { open: 'language and look, kept in cookies of the browser' },

  'GET /': { path: () => '/', owner: 'canbo', opens: 'all' },
  ...accountDoors,

  'GET /documents': { path: () => '/documents', owner: 'canbo', opens: 'all' },
  'GET /documents/new': { path: () => '/documents/new', opens: 'all' },
  'GET /documents/[id]': { path: (rows) => `/documents/${rows.document}`, owner: 'canbo', opens: [] },
  'GET /documents/[id]/file': {
    path: (rows) => `/documents/${rows.document}/file`,
    owner: 'canbo',
    opens: [],
  },
  'GET /documents/[id]/pages/[page]': { path: (rows) => `/documents/${rows.document}/pages/0`, opens: [] },
  'POST /documents/new': {
    path: () => '/documents/new',
    fields: (rows) => ({ office: rows.office, text: 'Kế hoạch thử của người ngoài' }),
    answers: 'own',
  },
  ...Object.fromEntries([ofDocument('discard'), ofDocument('retry'), ofDocument('review')]),

  'GET /imports': { path: () => '/imports', owner: 'canbo', opens: 'all' },
  'POST /imports': {
    path: () => '/imports',
    fields: (rows) => ({
      ...command(),
      office: rows.office,
      kind: '',
      file: new File(['Họ và tên\nA'], 'a.csv'),
    }),
    answers: 'hidden',
  },
  'GET /imports/[id]': { path: (rows) => `/imports/${rows.import}`, owner: 'canbo', opens: [] },
  'GET /imports/[id]/correction': { path: (rows) => `/imports/${rows.import}/correction`, opens: [] },
  // Empty sheets: there is nothing of anybody in them.
  'GET /imports/templates/[kind]': { path: () => '/imports/templates/people', opens: 'all' },
  'POST /exports': {
    path: () => '/exports',
    fields: (rows) => ({ office: rows.office, kind: 'people', format: 'csv' }),
    answers: 'hidden',
  },
  ...Object.fromEntries([
    ofImport('again', () => ({})),
    ofImport('apply', () => ({ ...command(), version: '3', leaveWrong: 'yes' })),
    ofImport('correct', () => ({ kind: 'people', number: '2', column: 'bornOn', value: '01/02/1980' })),
    ofImport('decide', () => ({ kind: 'people', number: '2', decision: 'out' })),
    ofImport('discard', () => ({})),
    ofImport('mend', () => ({ file: new File(['Dòng gốc;Họ và tên\n2;A'], 'a.csv') })),
    ofImport('undo', command),
  ]),

  'GET /record': { path: () => '/record', owner: 'canbo', opens: ['otherOfficer', 'administrator'] },
  'POST /record/export': {
    path: () => '/record/export',
    fields: (rows) => ({ format: 'csv', office: rows.office }),
    // An office exports its own record only, and that it did goes on record; officers: record.test.ts.
    answers: 'own',
  },

  'GET /personal-data': { path: () => '/personal-data', opens: 'all' },
  'GET /personal-data/mine': { path: () => '/personal-data/mine', opens: 'all' },
  'GET /personal-data/requests': {
    path: () => '/personal-data/requests',
    owner: 'quantri',
    opens: administrators,
  },
  'POST /personal-data/mine?/ask': {
    path: () => '/personal-data/mine?/ask',
    fields: () => command(),
    answers: 'own',
  },
  'POST /personal-data/mine?/withdraw': {
    path: () => '/personal-data/mine?/withdraw',
    fields: ({ kept }) => ({ ...command(), request: kept.request }),
    answers: 'hidden',
  },
  'POST /personal-data/mine/export': {
    path: () => '/personal-data/mine/export',
    fields: () => ({ format: 'json' }),
    answers: 'own',
  },
  'POST /personal-data/requests?/grant': {
    path: () => '/personal-data/requests?/grant',
    fields: ({ kept }) => ({ ...command(), request: kept.request, sure: 'on' }),
    answers: 'hidden',
    mayPass: administrators,
  },
  'POST /personal-data/requests?/refuse': {
    path: () => '/personal-data/requests?/refuse',
    fields: ({ kept }) => ({ ...command(), request: kept.request, answer: 'Không' }),
    answers: 'hidden',
    mayPass: administrators,
  },

  'GET /plans': { path: () => '/plans', owner: 'canbo', opens: 'all' },
  'GET /plans/[id]': { path: (rows) => `/plans/${rows.plan}`, owner: 'bithu', opens: readers },
  'GET /plans/[id]/launch': {
    path: (rows) => `/plans/${rows.planInReview}/launch`,
    owner: 'canbo',
    opens: [],
  },
  'GET /plans/[id]/review': {
    path: (rows) => `/plans/${rows.planInReview}/review`,
    owner: 'canbo',
    opens: [],
  },
  'GET /plans/[id]/review/phrase': {
    path: (rows) => `/plans/${rows.planInReview}/review/phrase?phrase=${encodeURIComponent(rows.phrase)}`,
    opens: [],
  },
  'GET /plans/[id]/amendments': { path: (rows) => `/plans/${rows.plan}/amendments`, opens: readers },
  'GET /plans/[id]/amendments/new': { path: (rows) => `/plans/${rows.plan}/amendments/new`, opens: [] },
  'POST /plans/[id]/amendments/new': {
    path: (rows) => `/plans/${rows.plan}/amendments/new?kind=due`,
    fields: (rows) => ({ ...command(), reason: 'Đổi hạn', task: rows.task, due: '2026-12-31' }),
    answers: 'hidden',
  },
  'GET /plans/[id]/close': { path: (rows) => `/plans/${rows.plan}/close`, owner: 'canbo', opens: [] },
  'POST /plans/[id]/close': {
    path: (rows) => `/plans/${rows.plan}/close`,
    fields: () => ({ ...command(), reason: 'Đã xong', closedOn: vietnamDate(new Date()) }),
    answers: 'hidden',
  },
  'GET /plans/[id]/timeline': { path: (rows) => `/plans/${rows.plan}/timeline`, opens: readers },
  'GET /plans/[id]/assignments': {
    path: (rows) => `/plans/${rows.plan}/assignments`,
    owner: 'bithu',
    opens: readers,
  },
  'GET /plans/[id]/obstacles': {
    path: (rows) => `/plans/${rows.plan}/obstacles`,
    owner: 'bithu',
    opens: readers,
  },
  'GET /plans/[id]/reports': {
    path: (rows) => `/plans/${rows.plan}/reports`,
    owner: 'bithu',
    opens: readers,
  },
  'GET /plans/[id]/tasks/[taskId]': {
    path: (rows) => `/plans/${rows.plan}/tasks/${rows.task}`,
    owner: 'bithu',
    opens: readers,
  },
  'GET /plans/[id]/units': { path: (rows) => `/plans/${rows.plan}/units`, owner: 'bithu', opens: readers },
  'GET /plans/[id]/units/[organisationId]': {
    path: (rows) => `/plans/${rows.plan}/units/${rows.cell}`,
    owner: 'bithu',
    opens: readers,
  },
  'POST /plans/[id]/obstacles?/answer': {
    path: (rows) => `/plans/${rows.plan}/obstacles?/answer`,
    fields: (rows) => ({ ...command(), obstacle: rows.obstacle, answer: 'Đã biết' }),
    answers: 'hidden',
  },
  'POST /plans/[id]/launch': {
    path: (rows) => `/plans/${rows.planInReview}/launch`,
    fields: () => ({ ...command(), version: '0' }),
    answers: 'hidden',
  },
  'POST /plans/[id]/review/phrase': {
    path: (rows) => `/plans/${rows.planInReview}/review/phrase`,
    fields: (rows) => ({ phrase: rows.phrase, choice: 'self' }),
    answers: 'hidden',
  },
  ...Object.fromEntries([
    ofPlan('withdraw', () => ({ ...command(), reason: 'Không làm nữa' })),
    ofPlan('reviewAgain', () => command()),
    ofPlan('reopen', () => ({ ...command(), reason: 'Làm tiếp' })),
    ofPlan('answer', (rows) => ({ ...command(), obstacle: rows.obstacle, answer: 'Đã biết' })),
    ofReview('add', () => ({ kind: 'tasks', text: 'Việc của người ngoài', command: newId() })),
    ofReview('bringBack', field),
    ofReview('confirm', field),
    ofReview('confirmAll', () => ({})),
    ofReview('dismiss', finding),
    ofReview('edit', (rows) => ({ field: rows.field, text: 'Lời của người ngoài' })),
    ofReview('mend', (rows) => ({ finding: rows.finding, mend: '0' })),
    ofReview('remove', field),
    ofReview('reopen', finding),
    ofReview('restore', field),
    ofReview('unconfirm', field),
  ]),

  'GET /work': { path: () => '/work', owner: 'bithu', opens: 'all' },
  'GET /work/[assignmentId]': {
    path: (rows) => `/work/${rows.assignment}`,
    owner: 'bithu',
    opens: readers,
  },
  'GET /work/events': { path: () => '/work/events', owner: 'bithu', opens: 'all' },
  'GET /work/reports': { path: () => '/work/reports', opens: 'all' },
  ...Object.fromEntries([
    ofWork('start', () => ({})),
    ofWork('note', () => ({ note: 'Lời của người ngoài' })),
    ofWork('attach', () => ({ files: picture() })),
    ofWork('link', () => ({ url: 'https://example.vn/', title: 'Nơi khác' })),
    ofWork('remove', (rows) => ({ evidence: rows.evidence })),
    ofWork('finish', () => ({ note: 'Xong', 'without-evidence': 'on' })),
    ofWork('reopen', () => ({ reason: 'Chưa xong' })),
    ofWork('obstacle', () => ({ text: 'Vướng của người ngoài' })),
    ofWork('answer', (rows) => ({ obstacle: rows.obstacle, answer: 'Đã biết' })),
  ]),
  'GET /work/reports/[dutyId]': {
    path: (rows) => `/work/reports/${rows.duty}`,
    owner: 'bithu',
    opens: readers,
  },
  'POST /work/reports/[dutyId]': {
    path: (rows) => `/work/reports/${rows.duty}`,
    fields: () => ({ ...command(), body: 'Báo cáo của người ngoài', file: picture() }),
    answers: 'hidden',
  },
  'GET /files/[id]': { path: (rows) => `/files/${rows.evidence}`, opens: readers },
  'GET /files/reports/[dutyId]': { path: (rows) => `/files/reports/${rows.duty}`, opens: readers },
  'GET /overdue': { path: () => '/overdue', opens: 'all' },

  'GET /papers': { path: () => '/papers', owner: 'canbo', opens: 'all' },
  'GET /papers/new': { path: (rows) => `/papers/new?plan=${rows.plan}`, owner: 'canbo', opens: [] },
  'GET /papers/[id]': { path: (rows) => `/papers/${rows.paper}`, owner: 'canbo', opens: [] },
  'GET /papers/[id]/docx': { path: (rows) => `/papers/${rows.paper}/docx`, opens: [] },
  'POST /papers/new': {
    path: () => '/papers/new',
    fields: (rows) => ({ ...command(), plan: rows.plan, kind: 'report' }),
    answers: 'hidden',
  },
  ...Object.fromEntries([
    ofPaper('add', (rows) => ({ ...command(), section: rows.section })),
    ofPaper('discard', () => ({})),
    ofPaper('frame', () => ({ version: '0', issuer: 'Cơ quan khác' })),
    ofPaper('issue', () => ({ ...command(), number: '1', issuedOn: vietnamDate(new Date()), version: '0' })),
    ofPaper('follow', () => command()),
    ofPaper('omit', section),
    ofPaper('refresh', () => ({})),
    ofPaper('restore', section),
    ofPaper('save', (rows) => ({ section: rows.section, version: '0', heading: 'I', text: 'Lời khác' })),
  ]),

  'GET /organisations': { path: () => '/organisations', opens: 'all' },
  'GET /organisations/[id]': {
    path: (rows) => `/organisations/${rows.cell}`,
    owner: 'bithu',
    opens: aboveOrIn,
  },
  'GET /organisations/[id]/below': { path: (rows) => `/organisations/${rows.cell}/below`, opens: aboveOrIn },
  'GET /organisations/[id]/print': { path: (rows) => `/organisations/${rows.cell}/print`, opens: aboveOrIn },
  // Who administers the province reorganises it: for areas crossing see features/reorganisations/server.
  'GET /organisations/[id]/change': {
    path: (rows) => `/organisations/${rows.cell}/change`,
    opens: administrators,
  },
  'POST /organisations/[id]/change': {
    path: (rows) => `/organisations/${rows.cell}/change?kind=rename`,
    fields: () => ({ ...command(), name: 'Tên khác', day: '01/11/2026', reason: 'Thử' }),
    answers: 'hidden',
    mayPass: administrators,
  },
  'GET /organisations/reorganisations': {
    path: () => '/organisations/reorganisations',
    owner: 'quantri',
    opens: administrators,
  },
  'GET /organisations/reorganisations/new': {
    path: () => '/organisations/reorganisations/new',
    opens: ['administrator'],
  },
  'GET /organisations/reorganisations/template': {
    path: () => '/organisations/reorganisations/template',
    opens: 'all',
  },
  'POST /organisations/reorganisations/new': {
    path: () => '/organisations/reorganisations/new',
    fields: (rows) => ({ ...command(), office: rows.office, title: 'Thử', day: '01/12/2026' }),
    answers: 'hidden',
    mayPass: administrators,
  },
  ...Object.fromEntries(
    ['', '/consequences', '/parts'].map((page): [string, ReadingDoor] => [
      `GET /organisations/reorganisations/[id]${page}`,
      {
        path: ({ kept }) => `/organisations/reorganisations/${kept.reorganisation}${page}?step=${kept.step}`,
        owner: 'quantri',
        opens: administrators,
      },
    ]),
  ),
  'GET /organisations/reorganisations/[id]/consequences/[bodyId]': {
    path: ({ kept, cell }) => `/organisations/reorganisations/${kept.reorganisation}/consequences/${cell}`,
    opens: administrators,
  },
  'POST /organisations/reorganisations/[id]/parts': {
    path: ({ kept }) => `/organisations/reorganisations/${kept.reorganisation}/parts`,
    fields: ({ kept }) => ({ ...command(), step: kept.step }),
    answers: 'hidden',
    mayPass: administrators,
  },
  ...Object.fromEntries(
    ['heading', 'add', 'upload', 'remove', 'schedule', 'unschedule', 'drop'].map(
      (action): [string, DoingDoor] => [
        `POST /organisations/reorganisations/[id]?/${action}`,
        {
          path: ({ kept }) => `/organisations/reorganisations/${kept.reorganisation}?/${action}`,
          mayPass: administrators,
          fields: (rows) => ({
            ...command(),
            title: 'Thử',
            day: '01/12/2026',
            kind: 'dissolve',
            body: rows.cell,
            step: action === 'remove' ? rows.kept.step : 'all',
          }),
          answers: 'hidden',
        },
      ],
    ),
  ),
  'GET /organisations/[id]/diagram': {
    path: (rows) => `/organisations/${rows.cell}/diagram`,
    opens: aboveOrIn,
  },

  'GET /audiences': {
    path: (rows) => `/audiences?saved=${rows.audience}`,
    owner: 'canbo',
    opens: 'all',
  },
  'POST /audiences?/save': {
    path: () => '/audiences?/save',
    fields: () => ({ ...command(), name: 'Đối tượng lạ', address: 'who0=bodies&place0=itself' }),
    answers: 'own',
  },
  'POST /audiences?/end': {
    path: () => '/audiences?/end',
    fields: () => ({ ...command(), name: 'Đội hình Sếu Đầu Đỏ' }),
    answers: 'hidden',
  },
  'GET /people': { path: () => '/people?q=Qu%C3%A0ng', opens: 'all' },
  'GET /people/[id]': { path: (rows) => `/people/${rows.person}`, owner: 'canbo', opens: aboveOrIn },
  // Whoever keeps people somewhere has these; of the planted rows they show nothing.
  'GET /people/new': {
    path: (rows) => `/people/new?organisation=${rows.cell}&body=Khu`,
    opens: ['otherOfficer'],
  },
  'GET /people/titles': { path: () => '/people/titles', opens: ['otherOfficer'] },
  'POST /people/new': {
    path: (rows) => `/people/new?organisation=${rows.cell}`,
    fields: (rows) => ({
      ...command(),
      organisation: rows.cell,
      name: 'Người Của Kẻ Lạ',
      status: 'official',
      fromOn: '2026-01-01',
    }),
    answers: 'hidden',
  },
  'POST /people/titles?/add': {
    path: () => '/people/titles?/add',
    fields: () => ({ ...command(), name: 'Chức danh lạ' }),
    answers: 'own',
  },
  'POST /people/titles?/end': {
    path: () => '/people/titles?/end',
    fields: (rows) => ({ ...command(), title: rows.title }),
    answers: 'hidden',
  },
  ...Object.fromEntries([
    readPerson('details'),
    readPerson('doubles'),
    readPerson('membership'),
    readPerson('post'),
    readPerson('posts/[postId]'),
    ofPerson('details', '', () => ({ name: 'Tên Của Kẻ Lạ' })),
    ofPerson('doubles', '?/apart', (rows) => ({ other: rows.double })),
    ofPerson('doubles', '?/merge', (rows) => ({ other: rows.double, reason: 'Trùng' })),
    ofPerson('doubles', '?/undo', (rows) => ({ merge: rows.double })),
    ofPerson('post', '', (rows) => ({ organisation: rows.cell, title: rows.title })),
    ofPerson('posts/[postId]', '?/end', () => ({})),
    ofPerson('posts/[postId]', '?/standIn', (rows) => ({ person: rows.double })),
    ofMembership('away', (rows) => ({ home: rows.cell, place: 'Nơi lạ' })),
    ofMembership('back', (rows) => ({ temporary: rows.post })),
    ofMembership('end', (rows) => ({ membership: rows.post })),
    ofMembership('endExemption', (rows) => ({ exemption: rows.post })),
    ofMembership('enrol', (rows) => ({ organisation: rows.cell, status: 'official' })),
    ofMembership('exempt', (rows) => ({ organisation: rows.cell, reason: 'Lạ' })),
    ofMembership('official', (rows) => ({ membership: rows.post })),
    ofMembership('transfer', (rows) => ({ membership: rows.post, organisation: rows.office })),
  ]),

  'GET /notices': { path: () => '/notices', owner: 'bithu', opens: 'all' },
  'POST /notices?/read': {
    path: () => '/notices?/read',
    fields: (rows) => ({ notice: rows.notice }),
    answers: 'quiet',
  },
  'POST /notices?/readAll': { path: () => '/notices?/readAll', fields: () => ({}), answers: 'own' },
}
