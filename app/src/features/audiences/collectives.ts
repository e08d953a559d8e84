import type { OrganisationKind } from '#features/organisations/schema.ts'
import type { Audience, Post, Reach } from './schema.ts'

/** A way of speaking of many bodies at once, or of one by what it is, matched against a folded core. */
export interface Collective {
  test: RegExp
  audience: Audience
  sure: number
}

const every = (kinds: OrganisationKind[], reach: Reach, ...named: string[]): Audience =>
  named.length > 0 ? { type: 'every', kinds, reach, named } : { type: 'every', kinds, reach }
const holders = (post: Post, of: Audience): Audience => ({ type: 'holders', post, of })
const together = (...parts: Audience[]): Audience => ({ type: 'union', parts })
const self: Audience = { type: 'self' }

const cells: OrganisationKind[] = ['cell']
const secretariesOf = (kinds: OrganisationKind[]): Audience =>
  together(holders('secretary', every(kinds, 'below')), holders('deputy-secretary', every(kinds, 'below')))
const partyBodies: OrganisationKind[] = [
  'commune-committee',
  'agency-committee',
  'grassroots-committee',
  'cell',
]
const agencies: OrganisationKind[] = [
  'party-board',
  'party-office',
  'government',
  'department',
  'police',
  'military',
  'service-unit',
]

// What "các" may look like: "tất cả các", "100%", "mỗi", "toàn bộ".
const many = '(?:(?:tat ca|toan bo|toan the|100%|100 %)\\s+)?(?:(?:cac|tung|moi|moi mot)\\s+)?'
const rule = (pattern: string, audience: Audience, sure = 0.95): Collective => ({
  test: new RegExp(`^${many}(?:${pattern})$`),
  audience,
  sure,
})

const cellWords = '(?:chi bo|chi uy|cap uy chi bo|chi uy chi bo|ban chi uy chi bo|cap uy chi bo)'
const reallyDirect = '(?:truc thuoc|co so(?: truc thuoc)?)'

/** Tried in this order; the first that fits is taken. */
export const collectives: readonly Collective[] = [
  // The office itself.
  rule('dang uy|dang bo|cap uy|tap the lanh dao', self),
  // Its committees are the office where work is given, and persons where somebody is invited.
  rule('thuong truc(?: cap uy)?|cac dong chi thuong truc', holders('permanent', self)),
  rule('(?:uy vien )?(?:ban )?thuong vu', holders('standing-committee', self)),
  rule(
    '(?:uy vien )?(?:thuong truc|ban thuong vu)(?: \\|| va) (?:uy vien )?(?:thuong truc|ban thuong vu)',
    holders('standing-committee', self),
    0.9,
  ),
  rule(
    '(?:dang uy vien|cap uy vien|uy vien|(?:uy vien )?ban chap hanh(?: dang bo)?)',
    holders('committee-member', self),
    0.9,
  ),

  // Cells and committees.
  rule(`bi thu (?:cac )?chi bo ${reallyDirect}`, holders('secretary', every(cells, 'direct'))),
  rule('bi thu (?:cac )?chi bo', holders('secretary', every(cells, 'below'))),
  rule(`bi thu(?: \\|| va) pho bi thu (?:cac )?chi bo(?: ${reallyDirect})?`, secretariesOf(cells)),
  rule('pho bi thu (?:cac )?chi bo', holders('deputy-secretary', every(cells, 'below'))),
  rule('(?:chi uy vien|chi uy vien (?:cac )?chi bo)', holders('committee-member', every(cells, 'below'))),
  rule(
    `bi thu (?:cac )?(?:cap uy|cap uy ${reallyDirect})`,
    holders('secretary', every(partyBodies, 'direct')),
    0.85,
  ),
  rule(`${cellWords} ${reallyDirect}`, every(cells, 'direct'), 1),
  rule(cellWords, every(cells, 'below')),
  rule('chi bo toan (?:xa|tinh|dang bo)|chi bo trong toan', every(cells, 'below')),
  rule(
    `chi bo (?:o )?(?:cac )?(?:thon|khu dan cu|to dan pho|xom|ap|ban|khu|khu pho|nong thon)(?: \\| (?:thon|khu dan cu|to dan pho|xom|ap|ban|khu|khu pho))*`,
    every(cells, 'below', 'thon', 'khu', 'to dan pho', 'xom', 'ap', 'ban'),
    0.9,
  ),
  rule('chi bo (?:khoi )?(?:cac )?(?:nha )?truong(?: hoc)?', every(cells, 'below', 'truong'), 0.9),
  rule(
    'chi bo (?:khoi )?(?:cac )?co quan(?: \\| (?:don vi|don vi su nghiep))*',
    every(cells, 'below', 'co quan', 'phong', 'van phong'),
    0.8,
  ),
  rule(
    'chi bo (?:khoi )?(?:cac )?doanh nghiep',
    every(cells, 'below', 'doanh nghiep', 'cong ty', 'hop tac xa'),
    0.8,
  ),
  rule('chi bo (?:khoi )?luc luong vu trang', every(cells, 'below', 'cong an', 'quan su'), 0.85),
  rule(
    `(?:chi(?: bo)?(?: \\|| va)(?: cac)? dang bo|dang bo(?: \\|| va)(?: cac)? chi bo)(?: ${reallyDirect})?`,
    every(partyBodies, 'direct'),
    0.95,
  ),
  rule(
    `(?:to chuc (?:co so )?dang|to chuc co so cua dang|cap uy \\| to chuc dang|cap uy dang|cap uy(?: co so| cac cap)?)(?: ${reallyDirect})?`,
    every(partyBodies, 'direct'),
    0.85,
  ),
  rule(
    `dang bo(?: bo phan)? ${reallyDirect}|dang uy ${reallyDirect}`,
    every(['commune-committee', 'agency-committee', 'grassroots-committee'], 'direct'),
    0.9,
  ),
  rule('to dang', every(['cell-group'], 'below')),
  rule('dang vien du bi', { type: 'members', statuses: ['probationary'], of: every(cells, 'below') }),
  rule('dang vien chinh thuc', { type: 'members', statuses: ['official'], of: every(cells, 'below') }),
  rule('dang vien (?:duoc )?mien (?:sinh hoat|cong tac)(?: \\| (?:mien )?(?:sinh hoat|cong tac))?', {
    type: 'members',
    statuses: ['official', 'probationary'],
    meeting: 'exempt',
    of: every(cells, 'below'),
  }),
  rule(
    '(?:can bo \\| )?dang vien(?: trong)?(?: dang bo| chi bo)?',
    holders('party-member', every(cells, 'below')),
    0.85,
  ),
  rule(
    '(?:can bo \\| )?(?:cong chuc|cong nhan vien)(?:(?: \\|| va) (?:vien chuc|nguoi lao dong|nhan vien|dang vien))*',
    holders('staff', every([...agencies, 'school'], 'below')),
    0.6,
  ),

  // The Front and the unions.
  rule(
    '(?:(?:uy ban )?mat tran to quoc(?: viet nam)?|mat tran)(?: \\|| va)? (?:va )?(?:cac )?(?:to chuc chinh tri xa hoi|doan the(?: chinh tri xa hoi)?|to chuc doan the|hoi(?: \\|)? doan the)',
    together(every(['front'], 'below'), every(['union'], 'below')),
  ),
  rule(
    'to chuc chinh tri xa hoi|doan the(?: chinh tri xa hoi)?(?: so)?|to chuc doan the',
    every(['union'], 'below'),
  ),
  rule(
    'hoi \\| doan the|doan the \\| hoi|hoi va doan the|hoi doan the',
    every(['union', 'association'], 'below'),
  ),
  rule('hoi quan chung|hoi dac thu|hoi', every(['association'], 'below'), 0.8),

  // Boards and offices of the committee.
  rule(
    '(?:ban (?:xay dung dang|dang)?(?: \\|| va)? van phong|ban \\| van phong|co quan tham muu(?: \\|)?(?: giup viec)?|co quan chuyen trach tham muu(?: \\|)?(?: giup viec)?|co quan giup viec|ban \\| co quan tham muu)(?: cap uy)?',
    every(['party-board', 'party-office'], 'below'),
    0.9,
  ),
  rule('ban(?: xay dung)? dang|ban tham muu|ban(?: chuyen trach)?', every(['party-board'], 'below'), 0.8),

  // The State's side.
  rule(
    '(?:nha )?truong(?: hoc)?(?: tren)?|don vi truong hoc|co so giao duc|truong hoc \\| co so giao duc',
    every(['school'], 'below'),
  ),
  rule('truong mam non', every(['school'], 'below', 'mam non')),
  rule('truong tieu hoc', every(['school'], 'below', 'tieu hoc')),
  rule('truong trung hoc co so', every(['school'], 'below', 'trung hoc co so', 'thcs')),
  rule(
    'truong (?:mam non|tieu hoc|trung hoc co so)(?:(?: \\|| va) (?:truong )?(?:mam non|tieu hoc|trung hoc co so|trung hoc pho thong))+',
    every(['school'], 'below'),
    0.9,
  ),
  rule(
    'hieu truong(?: cac)?(?: nha)?(?: truong)?(?: hoc)?',
    holders('principal', every(['school'], 'below')),
    0.9,
  ),
  rule(
    'ban giam hieu(?: cac)?(?: nha)?(?: truong)?(?: hoc)?',
    holders('head', every(['school'], 'below')),
    0.85,
  ),
  rule(
    '(?:phong(?: \\| (?:ban|don vi))?|phong chuyen mon|co quan chuyen mon|phong \\| ban(?: \\| don vi)?|so(?: \\| ban)?(?: \\| nganh)?|so \\| nganh|phong \\| don vi)(?: truc thuoc| so| thuoc so)?',
    every(['department', 'service-unit'], 'below'),
    0.8,
  ),
  rule('don vi su nghiep(?: cong lap)?(?: truc thuoc)?', every(['service-unit', 'school'], 'below'), 0.85),
  rule(
    'co quan(?: \\|| va)? don vi(?: truc thuoc)?|co quan(?: truc thuoc)?|ban(?: \\|)? nganh|nganh|co quan \\| ban(?: \\|)? nganh',
    every(agencies, 'below'),
    0.6,
  ),
  rule(
    '(?:co quan \\| )?(?:phong \\| )?ban(?: \\|)? nganh(?: \\|| va)? (?:va )?(?:cac )?doan the|co quan(?: \\| don vi)?(?: \\|| va) (?:cac )?doan the|so \\| ban \\| nganh \\| doan the',
    every([...agencies, 'front', 'union'], 'below'),
    0.65,
  ),
  rule(
    'co quan \\| don vi(?: \\|| va) (?:cac )?(?:nha )?truong(?: hoc)?',
    every([...agencies, 'school'], 'below'),
    0.65,
  ),
  rule(
    '(?:co quan \\| )?don vi(?: truc thuoc)?(?: trong toan| trong)?',
    every([...agencies, 'school', 'front', 'union'], 'below'),
    0.6,
  ),
  rule(
    '(?:truong )?(?:thon|khu dan cu|to dan pho|xom|khu pho)(?:(?: \\|| va) (?:thon|khu dan cu|to dan pho|xom|khu pho))*',
    every(cells, 'below', 'thon', 'khu', 'to dan pho', 'xom'),
    0.5,
  ),

  // What a province says of its communes.
  rule(
    '(?:dang uy|dang bo)(?: cac)? (?:xa|phuong|dac khu)(?:(?: \\|| va) (?:phuong|xa|dac khu))*(?: truc thuoc)?|(?:dang uy|dang bo) (?:xa|phuong)',
    every(['commune-committee'], 'direct'),
  ),
  rule(
    '(?:xa|phuong|dac khu)(?:(?: \\|| va) (?:xa|phuong|dac khu|thi tran))*',
    every(['commune-committee'], 'direct'),
    0.8,
  ),
  rule(
    '(?:uy ban nhan dan)(?: cac)? (?:xa|phuong|dac khu)(?:(?: \\|| va) (?:phuong|xa|dac khu))*',
    every(['government'], 'below', 'xa', 'phuong', 'dac khu'),
  ),
  rule(
    '(?:(?:uy ban )?mat tran to quoc(?: viet nam)?)(?: cac)? (?:xa|phuong|dac khu)(?:(?: \\|| va) (?:phuong|xa|dac khu))*',
    every(['front'], 'below', 'xa', 'phuong', 'dac khu'),
  ),
  rule(
    '(?:cong an)(?: cac)? (?:xa|phuong|dac khu)(?:(?: \\|| va) (?:phuong|xa|dac khu))*',
    every(['police'], 'below', 'xa', 'phuong', 'dac khu'),
  ),
  rule(
    'trung tam chinh tri(?: cac)? (?:xa|phuong)(?:(?: \\|| va) (?:phuong|xa))*',
    every(['service-unit'], 'below', 'trung tam chinh tri'),
  ),
  rule(
    '(?:huyen uy|thi uy|thanh uy|quan uy)(?:(?: \\|| va) (?:huyen uy|thi uy|thanh uy|quan uy|dang uy truc thuoc|dang uy))+',
    every(['commune-committee', 'agency-committee'], 'direct'),
    0.7,
  ),
]

/** One body by what it is, where its name is not the very one: the nearest below the office is taken. */
export interface UsualName {
  test: RegExp
  kinds: OrganisationKind[]
  named?: readonly string[]
}

const usual = (pattern: string, kinds: OrganisationKind[], ...named: string[]): UsualName => ({
  test: new RegExp(`^(?:${pattern})$`),
  kinds,
  ...(named.length > 0 ? { named } : {}),
})

export const usualNames: readonly UsualName[] = [
  usual('uy ban nhan dan', ['government'], 'uy ban nhan dan'),
  usual('hoi dong nhan dan|thuong truc hoi dong nhan dan', ['government'], 'hoi dong nhan dan'),
  usual('van phong(?: cap uy)?', ['party-office']),
  usual('ban xay dung dang', ['party-board'], 'ban xay dung dang'),
  usual('uy ban kiem tra', ['party-board'], 'uy ban kiem tra'),
  usual('trung tam chinh tri', ['service-unit'], 'trung tam chinh tri'),
  usual('cong an(?: co so)?|luc luong cong an', ['police']),
  usual('(?:ban |bo )?chi huy quan su|quan su|co quan quan su', ['military']),
  usual('(?:uy ban |ban thuong truc uy ban )?mat tran to quoc(?: viet nam)?|mat tran', ['front']),
  usual(
    'doan thanh nien(?: cong san)?(?: ho chi minh)?|doan tncs ho chi minh|doan thanh nien tncs ho chi minh|thanh nien|doan',
    ['union'],
    'doan thanh nien',
  ),
  usual('hoi (?:lien hiep )?phu nu(?: viet nam)?|phu nu', ['union'], 'phu nu'),
  usual('hoi nong dan(?: viet nam)?|nong dan', ['union'], 'nong dan'),
  usual('hoi cuu chien binh(?: viet nam)?|cuu chien binh', ['union'], 'cuu chien binh'),
  usual('cong doan|lien doan lao dong|cong doan co so', ['union'], 'cong doan', 'lien doan lao dong'),
  usual('tram y te|y te', ['service-unit'], 'tram y te'),
  usual('trung tam phuc vu hanh chinh cong|bo phan mot cua', ['service-unit'], 'phuc vu hanh chinh cong'),
  usual(
    'van phong uy ban nhan dan|van phong hoi dong nhan dan(?: va)? uy ban nhan dan',
    ['department'],
    'van phong',
  ),
  usual('phong kinh te', ['department'], 'kinh te'),
  usual('phong van hoa(?: va)? xa hoi', ['department'], 'van hoa xa hoi', 'van hoa - xa hoi'),
]

/** "các cơ quan liên quan": nobody in particular. */
export const vague =
  /^(?:(?:cac|co quan|don vi|bo phan|ban|nganh|to chuc|ca nhan|phong|doan the|dia phuong|luc luong|va|\|) )*(?:(?:co )?lien quan(?: khac)?|chuc nang)$|^(?:nhan dan|quan chung|(?:cac )?tang lop nhan dan|nguoi dan|cong dong)$|^(?:to chuc \| )?ca nhan$/
