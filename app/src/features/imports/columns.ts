import type { WantedColumn } from '@trienkhai/spreadsheet/table.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { organisationKinds } from '#features/organisations/schema.ts'
import { organisationWords } from '#features/organisations/words.ts'
import type { ImportKind } from './schema.ts'

/** What a column holds. */
export type ColumnType =
  | { readonly is: 'code' }
  | { readonly is: 'name' }
  | { readonly is: 'text'; readonly longest: number }
  | { readonly is: 'organisation' }
  | { readonly is: 'date'; readonly from: 'day' | 'month' | 'year'; readonly future: boolean }
  | { readonly is: 'phone' }
  | { readonly is: 'email' }
  | { readonly is: 'choice'; readonly of: ChoiceList }

export type ChoiceList = 'organisation-kind' | 'sex' | 'status' | 'ended-as'

/** A column of one of the sheets. */
export interface ImportColumn {
  readonly key: string
  readonly type: ColumnType
  /** What it is called in our own sheets. */
  readonly title: { readonly vi: string; readonly en: string }
  /** Other titles under which people write it. */
  readonly aliases?: readonly string[]
  /** In letters. */
  readonly width: number
  /** Without it a row cannot be new. */
  readonly required?: boolean
  /** Without it a sheet is not taken for one of this kind. */
  readonly identifies?: boolean
  readonly note?: { readonly vi: string; readonly en: string }
  /** What the example row of the template holds. */
  readonly example?: string
  /** Personal data, shown to who may see those of the people. */
  readonly personal?: boolean
  /** Only in lists that are taken out with what has ended. */
  readonly history?: boolean
}

const code = (note: { vi: string; en: string }, more: Partial<ImportColumn> = {}): ImportColumn => ({
  key: 'id',
  type: { is: 'code' },
  title: { vi: 'Mã', en: 'Code' },
  aliases: ['Mã hệ thống', 'ID'],
  width: 14,
  note,
  ...more,
})

const ownCode = code({
  vi: 'Mã do hệ thống cấp, có trong tệp xuất ra. Dòng mới thì để trống.',
  en: 'The code given by the system, as exported. Leave it empty for new rows.',
})

const ofPerson: readonly ImportColumn[] = [
  {
    key: 'personId',
    type: { is: 'code' },
    title: { vi: 'Mã người', en: 'Person code' },
    aliases: ['Mã đảng viên', 'Mã cán bộ'],
    width: 14,
    note: {
      vi: 'Mã của người trong tệp xuất danh sách con người. Không có thì tìm theo họ tên và ngày sinh.',
      en: 'The code of the person as exported. Without it the name and birth date are looked for.',
    },
  },
  {
    key: 'name',
    type: { is: 'name' },
    title: { vi: 'Họ và tên', en: 'Full name' },
    aliases: ['Họ tên', 'Họ, chữ đệm và tên', 'Họ tên đảng viên', 'Name'],
    width: 26,
    required: true,
    identifies: true,
    example: 'Nguyễn Thị Ví Dụ',
  },
  {
    key: 'bornOn',
    type: { is: 'date', from: 'year', future: false },
    title: { vi: 'Ngày sinh', en: 'Birth date' },
    aliases: ['Ngày tháng năm sinh', 'Năm sinh', 'Sinh ngày', 'Date of birth', 'Ngày, tháng, năm sinh'],
    width: 13,
    example: '15/02/1985',
    personal: true,
    note: {
      vi: 'Ngày/tháng/năm. Chỉ biết tháng hoặc năm thì ghi 02/1985 hoặc 1985.',
      en: 'Day/month/year; 02/1985 or 1985 where no more is known.',
    },
  },
]

const organisationTitles = [
  'Chi bộ',
  'Tên chi bộ',
  'Đơn vị',
  'Cơ quan, đơn vị',
  'Tổ chức đảng',
  'Nơi sinh hoạt',
  'Đơn vị công tác',
  'Chi bộ, đảng bộ',
]

const ofOrganisation = (more: Partial<ImportColumn> = {}): readonly ImportColumn[] => [
  {
    key: 'organisationId',
    type: { is: 'code' },
    title: { vi: 'Mã tổ chức', en: 'Organisation code' },
    width: 14,
  },
  {
    key: 'organisation',
    type: { is: 'organisation' },
    title: { vi: 'Tổ chức', en: 'Organisation' },
    aliases: organisationTitles,
    width: 30,
    required: true,
    example: 'Chi bộ thôn Ví Dụ',
    note: {
      vi: 'Tên như trong cây tổ chức. Nếu nhiều nơi trùng tên, ghi thêm cấp trên: Chi bộ thôn 1, Đảng ủy xã A.',
      en: 'The name as in the tree. Where several are called the same, add the body above: Cell 1, Committee A.',
    },
    ...more,
  },
]

const term = (fromTitle: { vi: string; en: string }, required: boolean): readonly ImportColumn[] => [
  {
    key: 'fromOn',
    type: { is: 'date', from: 'month', future: true },
    title: fromTitle,
    aliases: [
      'Từ ngày',
      'Ngày bắt đầu',
      'Từ',
      'Ngày chuyển đến',
      'Ngày bổ nhiệm',
      'Từ tháng',
      'From',
      'Since',
    ],
    width: 13,
    required,
    example: '01/07/2025',
  },
]

const status: ImportColumn = {
  key: 'status',
  type: { is: 'choice', of: 'status' },
  title: { vi: 'Tư cách', en: 'Status' },
  aliases: ['Đảng viên', 'Loại đảng viên', 'Tình trạng đảng viên', 'Membership'],
  width: 18,
  example: 'chính thức',
}

/** The columns of each sheet, in the order in which ours have them. */
export const importColumns: Readonly<Record<ImportKind, readonly ImportColumn[]>> = {
  organisations: [
    ownCode,
    {
      key: 'name',
      type: { is: 'name' },
      title: { vi: 'Tên tổ chức', en: 'Organisation name' },
      aliases: ['Tên đơn vị', 'Tên cơ quan', 'Tên tổ chức đảng', 'Organisation'],
      width: 36,
      required: true,
      identifies: true,
      example: 'Chi bộ thôn Ví Dụ',
    },
    {
      key: 'kind',
      type: { is: 'choice', of: 'organisation-kind' },
      title: { vi: 'Loại tổ chức', en: 'Kind' },
      aliases: ['Loại', 'Loại hình', 'Loại hình tổ chức'],
      width: 22,
      required: true,
      identifies: true,
      example: 'chi bộ',
    },
    {
      key: 'abbreviation',
      type: { is: 'text', longest: 60 },
      title: { vi: 'Tên viết tắt', en: 'Abbreviation' },
      aliases: ['Viết tắt', 'Ký hiệu'],
      width: 14,
    },
    {
      key: 'parentId',
      type: { is: 'code' },
      title: { vi: 'Mã cấp trên', en: 'Code of the body above' },
      width: 14,
    },
    {
      key: 'parent',
      type: { is: 'organisation' },
      title: { vi: 'Trực thuộc', en: 'Part of' },
      aliases: ['Cấp trên', 'Đơn vị cấp trên', 'Cấp trên trực tiếp', 'Thuộc', 'Parent', 'Tổ chức cấp trên'],
      width: 32,
      example: 'Đảng ủy xã Ví Dụ',
      note: {
        vi: 'Để trống: trực thuộc cơ quan được chọn khi tải tệp lên. Cấp trên có thể là một dòng khác của tệp.',
        en: 'Empty: directly below the office chosen when the file is sent. It may be another row of the file.',
      },
    },
    {
      key: 'unitCode',
      type: { is: 'text', longest: 20 },
      title: { vi: 'Mã đơn vị hành chính', en: 'Administrative code' },
      aliases: ['Mã ĐVHC', 'Mã xã', 'Mã hành chính'],
      width: 14,
      note: { vi: 'Giữ nguyên số 0 ở đầu.', en: 'Keep the leading zeros.' },
    },
    {
      key: 'fromOn',
      type: { is: 'date', from: 'day', future: true },
      title: { vi: 'Từ ngày', en: 'From' },
      width: 13,
      history: true,
      note: {
        vi: 'Từ khi nào có tên, loại và cấp trên này. Để trống: từ trước đến nay không rõ ngày.',
        en: 'Since when it has had this name, kind and body above. Empty: as far back as is known.',
      },
    },
    {
      key: 'toOn',
      type: { is: 'date', from: 'day', future: true },
      title: { vi: 'Đến ngày', en: 'Until' },
      width: 13,
      history: true,
      note: {
        vi: 'Dòng có ngày đã qua là lịch sử: khi nhập được bỏ qua.',
        en: 'A row whose day has passed is history: it is passed over when brought in.',
      },
    },
  ],
  people: [
    ownCode,
    ...ofPerson.filter(({ key }) => key !== 'personId'),
    {
      key: 'sex',
      type: { is: 'choice', of: 'sex' },
      title: { vi: 'Giới tính', en: 'Sex' },
      aliases: ['Nam/nữ', 'Giới', 'Gender'],
      width: 10,
      example: 'nữ',
      personal: true,
    },
    {
      key: 'phone',
      type: { is: 'phone' },
      title: { vi: 'Điện thoại', en: 'Phone' },
      aliases: ['Số điện thoại', 'SĐT', 'Di động', 'ĐT', 'Mobile', 'Điện thoại di động'],
      width: 14,
      example: '0912 000 000',
      personal: true,
      note: {
        vi: 'Số gõ thiếu số 0 ở đầu (do Excel bỏ) được thêm lại và báo ở bản xem trước.',
        en: 'A leading zero that Excel dropped is put back, and the preview says so.',
      },
    },
    {
      key: 'email',
      type: { is: 'email' },
      title: { vi: 'Thư điện tử', en: 'E-mail' },
      aliases: ['Email', 'Hộp thư', 'Địa chỉ thư điện tử'],
      width: 24,
      personal: true,
    },
    {
      key: 'partyCard',
      type: { is: 'text', longest: 20 },
      title: { vi: 'Số thẻ đảng', en: 'Party card' },
      aliases: ['Số thẻ đảng viên', 'Thẻ đảng', 'Số TĐV', 'Số thẻ'],
      width: 14,
      personal: true,
      note: { vi: 'Giữ nguyên số 0 ở đầu.', en: 'Keep the leading zeros.' },
    },
    {
      key: 'joinedOn',
      type: { is: 'date', from: 'day', future: false },
      title: { vi: 'Ngày vào Đảng', en: 'Joined the Party' },
      aliases: ['Ngày kết nạp', 'Vào Đảng', 'Ngày kết nạp Đảng', 'Ngày vào đảng lần đầu'],
      width: 13,
      example: '03/02/2010',
      personal: true,
    },
    {
      key: 'officialOn',
      type: { is: 'date', from: 'day', future: false },
      title: { vi: 'Ngày chính thức', en: 'Full member since' },
      aliases: ['Ngày công nhận chính thức', 'Chính thức', 'Ngày chuyển chính thức'],
      width: 13,
      example: '03/02/2011',
      personal: true,
    },
    ...ofOrganisation({
      note: {
        vi: 'Nơi người mới sinh hoạt hoặc công tác. Người đã có: để đối chiếu; chuyển sinh hoạt ghi ở trang Sinh hoạt.',
        en: 'Where a new person belongs. For those known it helps to tell them apart; transfers go on the sheet of memberships.',
      },
    }),
    status,
    ...term({ vi: 'Sinh hoạt từ ngày', en: 'Member there since' }, false),
  ],
  posts: [
    ownCode,
    ...ofPerson,
    ...ofOrganisation(),
    {
      key: 'title',
      type: { is: 'text', longest: 120 },
      title: { vi: 'Chức vụ', en: 'Post' },
      aliases: ['Chức danh', 'Chức vụ đảng', 'Chức vụ, chức danh', 'Title'],
      width: 26,
      required: true,
      identifies: true,
      example: 'Bí thư chi bộ',
    },
    ...term({ vi: 'Giữ chức vụ từ ngày', en: 'Held since' }, true).map((column) => ({
      ...column,
      identifies: true,
    })),
    {
      key: 'toOn',
      type: { is: 'date', from: 'day', future: true },
      title: { vi: 'Đến ngày', en: 'Until' },
      aliases: ['Ngày kết thúc', 'Đến', 'Thôi giữ chức vụ ngày', 'To'],
      width: 13,
    },
    {
      key: 'decision',
      type: { is: 'text', longest: 60 },
      title: { vi: 'Quyết định số', en: 'Decision' },
      aliases: ['Số quyết định', 'Quyết định', 'Số QĐ'],
      width: 18,
      example: '12-QĐ/ĐU',
    },
  ],
  memberships: [
    ownCode,
    ...ofPerson,
    ...ofOrganisation(),
    { ...status, required: true, identifies: true },
    ...term({ vi: 'Từ ngày', en: 'From' }, true).map((column) => ({ ...column, identifies: true })),
    {
      key: 'toOn',
      type: { is: 'date', from: 'day', future: true },
      title: { vi: 'Đến ngày', en: 'Until' },
      aliases: ['Ngày kết thúc', 'Đến', 'Ngày chuyển đi', 'To'],
      width: 13,
      identifies: true,
    },
    {
      key: 'endedAs',
      type: { is: 'choice', of: 'ended-as' },
      title: { vi: 'Lý do thôi', en: 'Ended as' },
      aliases: ['Lý do', 'Lý do kết thúc'],
      width: 20,
    },
  ],
}

/** What may stand in a column of choices: the value, how we write it, and how else people do. */
export interface Choice {
  readonly value: string
  readonly vi: string
  readonly en: string
  readonly aliases?: readonly string[]
}

const choiceLists: Readonly<Record<ChoiceList, readonly Choice[]>> = {
  'organisation-kind': organisationKinds.map((value) => ({
    value,
    vi: organisationWords.vi.kind[value],
    en: organisationWords.en.kind[value],
    aliases: kindAliases()[value] ?? [],
  })),
  sex: [
    { value: 'female', vi: 'nữ', en: 'female', aliases: ['f', 'gái'] },
    { value: 'male', vi: 'nam', en: 'male', aliases: ['m', 'trai'] },
  ],
  status: [
    {
      value: 'official',
      vi: 'chính thức',
      en: 'full member',
      aliases: ['đảng viên chính thức', 'ĐVCT', 'official', 'đảng viên'],
    },
    {
      value: 'probationary',
      vi: 'dự bị',
      en: 'probationary member',
      aliases: ['đảng viên dự bị', 'ĐVDB', 'probationary'],
    },
    { value: 'union-member', vi: 'đoàn viên', en: 'union member', aliases: ['đoàn viên thanh niên'] },
    { value: 'association-member', vi: 'hội viên', en: 'association member' },
  ],
  'ended-as': [
    {
      value: 'became-official',
      vi: 'chuyển chính thức',
      en: 'became a full member',
      aliases: ['công nhận chính thức'],
    },
    { value: 'transferred', vi: 'chuyển sinh hoạt', en: 'transferred', aliases: ['chuyển đi', 'chuyển'] },
    { value: 'left', vi: 'xin ra', en: 'left', aliases: ['ra khỏi Đảng', 'thôi'] },
    { value: 'removed', vi: 'khai trừ, xóa tên', en: 'removed', aliases: ['khai trừ', 'xóa tên'] },
    { value: 'died', vi: 'từ trần', en: 'died', aliases: ['mất', 'chết', 'qua đời'] },
  ],
}

function kindAliases(): Partial<Record<string, readonly string[]>> {
  return {
    'province-committee': ['tỉnh ủy', 'thành ủy', 'đảng bộ tỉnh', 'đảng bộ thành phố'],
    'district-committee': ['huyện ủy', 'quận ủy', 'thị ủy', 'đảng bộ huyện'],
    'commune-committee': [
      'đảng ủy xã',
      'đảng ủy phường',
      'đảng bộ xã',
      'đảng bộ phường',
      'đảng ủy xã, phường',
      'đảng ủy đặc khu',
    ],
    'agency-committee': ['đảng ủy cơ quan', 'đảng bộ các cơ quan'],
    'grassroots-committee': ['đảng bộ', 'đảng ủy cơ sở', 'đảng bộ bộ phận'],
    cell: ['chi bộ cơ sở', 'chi bộ trực thuộc', 'cell'],
    'party-board': ['ban đảng', 'ban xây dựng Đảng'],
    'party-office': ['văn phòng'],
    government: ['ủy ban nhân dân', 'UBND', 'HĐND', 'hội đồng nhân dân', 'chính quyền'],
    department: ['phòng', 'sở', 'cơ quan chuyên môn'],
    school: ['trường'],
    front: ['mặt trận', 'UBMTTQ', 'MTTQ'],
    union: ['đoàn thể', 'hội', 'đoàn thanh niên', 'hội phụ nữ', 'công đoàn'],
    'union-branch': ['chi đoàn', 'chi hội'],
    'service-unit': ['đơn vị sự nghiệp công lập', 'trạm y tế', 'trung tâm'],
  }
}

export const choicesOf = (list: ChoiceList): readonly Choice[] => choiceLists[list]

/** The columns of a kind as our own sheets have them; with those of what has ended where that is taken out too. */
export const sheetColumns = (kind: ImportKind, history = false): readonly ImportColumn[] =>
  importColumns[kind].filter((column) => history || !column.history)

/** The columns of a kind as they are looked for in a sheet; with fewer conditions where somebody said what it is. */
export function wantedColumns(kind: ImportKind, chosen = false): readonly WantedColumn<string>[] {
  return [
    ...importColumns[kind].map(({ key, title, aliases = [], identifies = false }) => ({
      key,
      titles: [title.vi, title.en, ...aliases],
      required: chosen ? key === 'name' : identifies,
    })),
    { key: originalRow.key, titles: [originalRow.title.vi, originalRow.title.en] },
    { key: reasons.key, titles: [reasons.title.vi, reasons.title.en] },
  ]
}

/** In a file of corrections: which row of the first file a row mends, and why it has to be. */
export const originalRow = { key: 'originalRow', title: { vi: 'Dòng gốc', en: 'Original row' } } as const
export const reasons = { key: 'reasons', title: { vi: 'Cần sửa', en: 'To be mended' } } as const

/** The column of a kind by its key. */
export function columnOf(kind: ImportKind, key: string): ImportColumn | undefined {
  return importColumns[kind].find((column) => column.key === key)
}

/** A choice as it is written in a sheet of that language; the value itself where it is none of the list. */
export function writeChoice(list: ChoiceList, value: string, language: Language): string {
  const found = choiceLists[list].find((choice) => choice.value === value)
  return found ? found[language] : value
}
