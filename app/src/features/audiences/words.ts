import { inBothLanguages, type Language } from '@trienkhai/vietnamese/language.ts'
import { formatNumber } from '@trienkhai/vietnamese/numbers.ts'
import type { OrganisationKind } from '#features/organisations/schema.ts'
import type { EndedBody } from './named-bodies.ts'
import type { Audience, MatchReason, PhraseMatch, Post } from './schema.ts'

/** The committee leads; the cells are in the organisation that it leads: Đảng ủy xã → Đảng bộ xã. */
function partyOf(office: string): string {
  return office
    .replace(/^Đảng [uủ][yỷ](?=\s|$)/u, 'Đảng bộ')
    .replace(/^Tỉnh [uủ][yỷ](?=\s|$)/u, 'Đảng bộ tỉnh')
    .replace(/^Thành [uủ][yỷ](?=\s|$)/u, 'Đảng bộ thành phố')
}

type Words = { [Kind in OrganisationKind]: string }

const kindsInVietnamese: Words = {
  'central-committee': 'Ban Chấp hành Trung ương',
  'district-committee': 'huyện ủy, quận ủy',
  'school-group': 'tổ chuyên môn của trường',
  'union-branch': 'chi hội, chi đoàn',
  'province-committee': 'tỉnh ủy',
  'commune-committee': 'đảng bộ xã, phường',
  'agency-committee': 'đảng bộ các cơ quan',
  'grassroots-committee': 'đảng bộ cơ sở',
  cell: 'chi bộ',
  'cell-group': 'tổ đảng',
  'party-board': 'ban của cấp ủy',
  'party-office': 'văn phòng cấp ủy',
  government: 'cơ quan chính quyền',
  department: 'phòng chuyên môn',
  police: 'công an',
  military: 'cơ quan quân sự',
  school: 'trường học',
  front: 'Mặt trận Tổ quốc',
  union: 'tổ chức chính trị - xã hội',
  association: 'hội quần chúng',
  'service-unit': 'đơn vị sự nghiệp',
}

const kindsInEnglish: Words = {
  'central-committee': 'Central Committee',
  'district-committee': 'district committees',
  'school-group': 'groups of teachers',
  'union-branch': 'branches of unions',
  'province-committee': 'provincial committees',
  'commune-committee': 'commune committees',
  'agency-committee': "agencies' committees",
  'grassroots-committee': 'grassroots committees',
  cell: 'cells',
  'cell-group': 'cell groups',
  'party-board': 'boards of the committee',
  'party-office': "committee's offices",
  government: 'government bodies',
  department: 'departments',
  police: 'police units',
  military: 'military commands',
  school: 'schools',
  front: 'Fatherland Front committees',
  union: 'socio-political organisations',
  association: 'associations',
  'service-unit': 'service units',
}

const postsInVietnamese: { [Holder in Post]: string } = {
  secretary: 'bí thư',
  'deputy-secretary': 'phó bí thư',
  permanent: 'thường trực cấp ủy',
  'standing-committee': 'ủy viên ban thường vụ',
  'committee-member': 'cấp ủy viên',
  'party-member': 'đảng viên',
  head: 'người đứng đầu',
  'deputy-head': 'cấp phó của người đứng đầu',
  chair: 'chủ tịch',
  'deputy-chair': 'phó chủ tịch',
  principal: 'hiệu trưởng',
  'deputy-principal': 'phó hiệu trưởng',
  staff: 'cán bộ',
}

const postsInEnglish: { [Holder in Post]: string } = {
  secretary: 'secretaries',
  'deputy-secretary': 'deputy secretaries',
  permanent: 'permanent members of the committee',
  'standing-committee': 'members of the standing committee',
  'committee-member': 'committee members',
  'party-member': 'Party members',
  head: 'heads',
  'deputy-head': 'deputy heads',
  chair: 'chairs',
  'deputy-chair': 'deputy chairs',
  principal: 'principals',
  'deputy-principal': 'deputy principals',
  staff: 'staff',
}

export const audienceWords = inBothLanguages({
  vi: {
    kind: kindsInVietnamese,
    post: postsInVietnamese,
    nobody: 'không có ai',
    direct: (words: string, office: string) => `${words} trực thuộc ${office}`,
    below: (words: string, office: string) => `${words} trong toàn ${partyOf(office)}`,
    named: (words: string, names: string) => `${words} (tên có: ${names})`,
    bodies: (count: string) => `${count} tổ chức đã chọn`,
    holders: (post: string, bodies: string) => `${post} của ${bodies}`,
    anyBody: 'tổ chức',
    around: {
      itself: (kinds: string, of: string) => `${of} (nếu là ${kinds})`,
      children: (kinds: string, of: string) => `${kinds} trực thuộc ${of}`,
      below: (kinds: string, of: string) => `${kinds} các cấp bên dưới ${of}`,
      'itself-and-below': (kinds: string, of: string) => `${of} và ${kinds} các cấp bên dưới`,
      siblings: (kinds: string, of: string) => `${kinds} cùng cấp trên trực tiếp với ${of}`,
      parent: (kinds: string, of: string) => `${kinds} cấp trên trực tiếp của ${of}`,
      above: (kinds: string, of: string) => `${kinds} các cấp trên của ${of}`,
    },
    inHierarchies: (bodies: string, hierarchies: string) => `${bodies} (thuộc ${hierarchies})`,
    hierarchy: {
      party: 'tổ chức đảng',
      government: 'chính quyền',
      front: 'Mặt trận và đoàn thể',
      school: 'nhà trường',
    },
    member: {
      party: 'đảng viên',
      official: 'đảng viên chính thức',
      probationary: 'đảng viên dự bị',
      'union-member': 'đoàn viên',
      'association-member': 'hội viên',
    },
    meeting: {
      expected: (members: string) => `${members} thuộc diện dự sinh hoạt`,
      exempt: (members: string) => `${members} được miễn sinh hoạt`,
      away: (members: string) => `${members} đang sinh hoạt tạm thời nơi khác`,
      guests: (members: string) => `${members} nơi khác đến sinh hoạt tạm thời`,
    },
    persons: (count: string) => `${count} người đã chọn`,
    standsInFor: (name: string) => `thay đồng chí ${name}`,
    page: {
      title: 'Đối tượng',
      lead: 'Chọn để viết ra ai được mời, ai phải học, ai nhận việc; câu chữ và số người tính ngay cho ngày đang xem.',
      line: (number: string) => `Dòng ${number}`,
      join: 'Ghép với các dòng trên',
      joins: { and: 'cộng thêm', without: 'trừ đi', also: 'chỉ lấy người đồng thời là' },
      who: 'Chọn',
      whos: {
        bodies: 'tổ chức',
        holders: 'người giữ chức vụ',
        titled: 'người có chức danh',
        members: 'người sinh hoạt',
        persons: 'từng người cụ thể',
      },
      post: 'Chức vụ',
      titled: 'Chức danh',
      statuses: 'Tư cách',
      meeting: 'Sinh hoạt',
      meetings: {
        all: 'mọi người của tổ chức',
        expected: 'thuộc diện dự sinh hoạt',
        exempt: 'được miễn sinh hoạt',
        away: 'đang sinh hoạt tạm thời nơi khác',
        guests: 'nơi khác đến sinh hoạt tạm thời',
      },
      place: 'Ở tổ chức nào, so với cơ quan',
      places: {
        itself: 'chính cơ quan',
        children: 'trực thuộc trực tiếp',
        below: 'các cấp bên dưới',
        'itself-and-below': 'cơ quan và các cấp bên dưới',
        siblings: 'cùng cấp trên trực tiếp',
        parent: 'cấp trên trực tiếp',
        above: 'các cấp trên',
        chosen: 'từng tổ chức cụ thể',
      },
      chosen: 'Chọn đích danh',
      find: 'Gõ tên để tìm',
      bornIn: (year: string) => `sinh năm ${year}`,
      noneChosen: 'Chưa chọn ai; gõ tên rồi bấm Tìm.',
      noneFound: 'Không tìm thấy tên này trong cơ quan và các cấp bên dưới.',
      ended: (day: string, heirs: string) =>
        heirs ? `· hoạt động đến hết ${day}; kế thừa: ${heirs}` : `· hoạt động đến hết ${day}`,
      takeHeir: (name: string) => `thêm tổ chức kế thừa: ${name}`,
      kinds: 'Loại tổ chức (không chọn: mọi loại)',
      named: 'Tên tổ chức có từ',
      remove: 'Bỏ dòng này',
      count: 'Tính lại',
      addLine: 'Thêm dòng',
      reads: 'Đọc là',
      people: (count: string) => `${count} người, mỗi người một lần`,
      bodies: (count: string) => `${count} tổ chức`,
      nobody: 'Hôm nay chưa có ai khớp.',
      hidden: 'Danh sách theo đảng tịch, đoàn tịch, hội tịch chỉ mở cho người phụ trách nhân sự.',
      name: 'Tên đối tượng',
      save: 'Lưu cho cơ quan',
      saved: 'Đã lưu',
      noSaved: 'Cơ quan chưa lưu đối tượng nào.',
      savedMend: 'Đối tượng đã lưu dùng được khi sửa cụm từ lúc rà soát kế hoạch.',
      end: 'Thôi dùng',
      open: 'Mở để sửa',
      notLines: 'Đối tượng này lồng nhiều tầng, không sửa được theo dòng; viết lại từ đầu nếu cần đổi.',
      noName: 'Đặt tên cho đối tượng.',
      nothing: 'Chưa chọn gì.',
      noOffice: 'Chỉ cán bộ của cơ quan ban hành kế hoạch mới soạn đối tượng.',
    },
    alsoIs: ', đồng thời là ',
    and: ' và ',
    without: (bodies: string, gone: string) => `${bodies}, trừ ${gone}`,
    counted: (count: string, words: string) => `${count} ${words}`,
    sure: 'Chắc chắn',
    look: 'Nên xem lại',
    none: 'Chưa khớp',
    reason: {
      remembered: 'Theo lựa chọn mà cơ quan đã ghi nhớ từ kế hoạch trước.',
      name: 'Đúng tên hoặc tên viết tắt.',
      collective: 'Cụm từ chỉ mọi tổ chức cùng loại.',
      kind: 'Khớp theo cách gọi thông dụng.',
      'part-of-name': 'Chỉ khớp một phần tên; nên xem lại.',
      successor: 'Khớp theo cơ quan kế thừa.',
      'former-level': 'Cấp huyện đã kết thúc hoạt động từ 01/7/2025; hiểu là cơ quan cùng loại ở cấp mình.',
      self: 'Chính cơ quan ban hành kế hoạch.',
      above: 'Cơ quan cấp trên: để báo cáo, không giao việc được.',
      'several-phrases': 'Cụm từ gồm nhiều tổ chức.',
      partly: 'Mới khớp một phần; phần còn lại cần chọn.',
      'several-bodies': 'Có nhiều tổ chức cùng khớp; cần chọn.',
      vague: 'Cụm từ không nói rõ là ai; cần chọn.',
      unknown: 'Không tìm thấy tổ chức nào mang tên này; cần chọn.',
    },
    endedWith: (name: string, day: string, heirs: string) =>
      `${name} hoạt động đến hết ngày ${day}; nay tính tổ chức kế thừa: ${heirs}.`,
    endedAlone: (name: string, day: string) =>
      `${name} hoạt động đến hết ngày ${day} và không có tổ chức kế thừa trong cơ quan; cần chọn tổ chức khác.`,
    formerly: (name: string, day: string) => `${name} không còn từ ${day}; khớp theo cơ quan kế thừa.`,
    unmatched: (parts: string) => `Chưa khớp: ${parts}.`,
  },
  en: {
    kind: kindsInEnglish,
    post: postsInEnglish,
    nobody: 'nobody',
    direct: (words: string, office: string) => `${words} directly below ${office}`,
    below: (words: string, office: string) => `${words} at all levels below ${office}`,
    named: (words: string, names: string) => `${words} (name has: ${names})`,
    bodies: (count: string) => `${count} chosen organisations`,
    holders: (post: string, bodies: string) => `${post} of ${bodies}`,
    anyBody: 'bodies',
    around: {
      itself: (kinds: string, of: string) => `${of} (if among ${kinds})`,
      children: (kinds: string, of: string) => `${kinds} directly below ${of}`,
      below: (kinds: string, of: string) => `${kinds} at all levels below ${of}`,
      'itself-and-below': (kinds: string, of: string) => `${of} and ${kinds} at all levels below`,
      siblings: (kinds: string, of: string) => `${kinds} beside ${of}, under the same body`,
      parent: (kinds: string, of: string) => `${kinds} directly above ${of}`,
      above: (kinds: string, of: string) => `${kinds} at all levels above ${of}`,
    },
    inHierarchies: (bodies: string, hierarchies: string) => `${bodies} (of the ${hierarchies})`,
    hierarchy: { party: 'Party', government: 'State', front: 'Front and unions', school: 'schools' },
    member: {
      party: 'Party members',
      official: 'full Party members',
      probationary: 'probationary Party members',
      'union-member': 'union members',
      'association-member': 'association members',
    },
    meeting: {
      expected: (members: string) => `${members} expected at meetings`,
      exempt: (members: string) => `${members} exempt from meetings`,
      away: (members: string) => `${members} who meet elsewhere for a time`,
      guests: (members: string) => `${members} from elsewhere who meet there for a time`,
    },
    persons: (count: string) => `${count} chosen persons`,
    standsInFor: (name: string) => `in place of ${name}`,
    page: {
      title: 'Audiences',
      lead: 'Choose who is invited, who must study, who is given work; the phrase and the number are reckoned for the day that is looked at.',
      line: (number: string) => `Line ${number}`,
      join: 'Joined to the lines above',
      joins: { and: 'with', without: 'except', also: 'only those who are also' },
      who: 'Choose',
      whos: {
        bodies: 'organisations',
        holders: 'holders of posts',
        titled: 'holders of a title',
        members: 'members',
        persons: 'particular persons',
      },
      post: 'Post',
      titled: 'Title',
      statuses: 'Status',
      meeting: 'Meetings',
      meetings: {
        all: 'all of the organisation',
        expected: 'expected at meetings',
        exempt: 'exempt from meetings',
        away: 'elsewhere for a time',
        guests: 'from elsewhere for a time',
      },
      place: 'In which organisations, seen from the office',
      places: {
        itself: 'the office itself',
        children: 'directly below',
        below: 'at all levels below',
        'itself-and-below': 'the office and all levels below',
        siblings: 'under the same body',
        parent: 'directly above',
        above: 'at all levels above',
        chosen: 'particular organisations',
      },
      chosen: 'Chosen one by one',
      find: 'Type a name to find',
      bornIn: (year: string) => `born in ${year}`,
      noneChosen: 'Nobody is chosen yet; type a name and search.',
      noneFound: 'This name is not found in the office or below it.',
      ended: (day: string, heirs: string) =>
        heirs ? `· until ${day}; taken over by ${heirs}` : `· until ${day}`,
      takeHeir: (name: string) => `add its successor: ${name}`,
      kinds: 'Kinds of organisations (none: any)',
      named: 'Name of the organisation has',
      remove: 'Take this line out',
      count: 'Reckon again',
      addLine: 'Add a line',
      reads: 'Reads as',
      people: (count: string) => `${count} persons, each once`,
      bodies: (count: string) => `${count} organisations`,
      nobody: 'Nobody fits on this day.',
      hidden: 'Lists by membership are open to who keeps the people alone.',
      name: 'Name of the audience',
      save: 'Save for the office',
      saved: 'Saved',
      noSaved: 'The office has saved none yet.',
      savedMend: 'Saved audiences can be chosen when a phrase is corrected in a review.',
      end: 'Stop using',
      open: 'Open to change',
      notLines: 'This audience is nested too deeply for lines; write it anew to change it.',
      noName: 'Give the audience a name.',
      nothing: 'Nothing is chosen.',
      noOffice: 'Only staff of an office that issues plans write audiences.',
    },
    alsoIs: ' who are also ',
    and: ' and ',
    without: (bodies: string, gone: string) => `${bodies}, except ${gone}`,
    counted: (count: string, words: string) => `${count} ${words}`,
    sure: 'Certain',
    look: 'Worth a look',
    none: 'Not matched',
    reason: {
      remembered: 'As the office decided for an earlier plan.',
      name: 'The very name or abbreviation.',
      collective: 'The phrase means every body of a kind.',
      kind: 'Matched by its usual name.',
      'part-of-name': 'Only part of the name fits; worth a look.',
      successor: 'Matched to the body that took the work over.',
      'former-level': 'The district level ended on 01/7/2025; taken for the same body at your own level.',
      self: 'The office whose plan it is.',
      above: 'A body above: it is reported to, and cannot be given work.',
      'several-phrases': 'The phrase names several bodies.',
      partly: 'Only part of it fits; choose the rest.',
      'several-bodies': 'Several bodies fit equally well; choose.',
      vague: 'The phrase does not say who; choose.',
      unknown: 'No organisation of this name was found; choose.',
    },
    endedWith: (name: string, day: string, heirs: string) =>
      `${name} ended with ${day}; taken for who took its work over: ${heirs}.`,
    endedAlone: (name: string, day: string) =>
      `${name} ended with ${day}, and nobody in the office took its work over; choose another.`,
    formerly: (name: string, day: string) => `${name} ended on ${day}; matched to its successor.`,
    unmatched: (parts: string) => `Not matched: ${parts}.`,
  },
})

/** What is needed to read an audience back as words. */
export interface AudienceNames {
  /** The office that speaks, as in a sentence: `Đảng ủy xã Lâm Thao`. */
  office: string
  /** Names of bodies and of people by id, for those that the audience names. */
  byId: ReadonlyMap<string, string>
  /** How many bodies it resolved to, where it is known. */
  count?: number
}

const mostNamed = 3

/** An audience read back: `44 chi bộ trực thuộc Đảng ủy xã Lâm Thao`. */
export function describeAudience(audience: Audience, names: AudienceNames, language: Language): string {
  const words = audienceWords[language]
  const described = describe(audience, names, language)
  if (names.count === undefined || audience.type === 'self') return described
  if (audience.type === 'organisations' && audience.ids.length <= mostNamed) return described
  if (names.count === 0) return words.nobody
  const isCountable = audience.type === 'every'
  return isCountable
    ? words.counted(figure(names.count, language), described)
    : `${described} (${figure(names.count, language)})`
}

function describe(audience: Audience, names: AudienceNames, language: Language): string {
  const words = audienceWords[language]
  const inner = (part: Audience): string => describe(part, names, language)
  switch (audience.type) {
    case 'self':
      return names.office
    case 'organisations':
      return describeNamed(audience.ids, names, (count) => words.bodies(figure(count, language)), language)
    case 'every': {
      const kinds = audience.kinds.map((kind) => words.kind[kind]).join(', ')
      const phrase =
        audience.reach === 'direct' ? words.direct(kinds, names.office) : words.below(kinds, names.office)
      return audience.named ? words.named(phrase, audience.named.join(', ')) : phrase
    }
    case 'around':
      return describeAround(audience, inner(audience.of), language)
    case 'holders':
      return words.holders(words.post[audience.post], inner(audience.of))
    case 'titled':
      return words.holders(audience.titles.join(', '), inner(audience.of))
    case 'members':
      return words.holders(describeMembers(audience, language), inner(audience.of))
    case 'persons':
      return describeNamed(audience.ids, names, (count) => words.persons(figure(count, language)), language)
    case 'intersection':
      return audience.parts.map(inner).join(words.alsoIs)
    case 'union':
      return audience.parts.length === 0 ? words.nobody : audience.parts.map(inner).join(words.and)
    case 'difference':
      return words.without(inner(audience.from), inner(audience.without))
  }
}

/** A few by their names, many or unknown ones by their number. */
function describeNamed(
  ids: readonly string[],
  names: AudienceNames,
  counted: (count: number) => string,
  language: Language,
): string {
  const known = ids.map((id) => names.byId.get(id))
  if (ids.length === 0) return audienceWords[language].nobody
  const all = known.every((name) => name !== undefined)
  return all && known.length <= mostNamed ? known.join(', ') : counted(ids.length)
}

function describeAround(
  audience: Extract<Audience, { type: 'around' }>,
  of: string,
  language: Language,
): string {
  const words = audienceWords[language]
  const { place, kinds, hierarchies, named } = audience
  const bodies = kinds?.map((kind) => words.kind[kind]).join(', ') ?? words.anyBody
  const placed = place === 'itself' && !kinds ? of : words.around[place](bodies, of)
  const placedIn = hierarchies
    ? words.inHierarchies(placed, hierarchies.map((one) => words.hierarchy[one]).join(', '))
    : placed
  return named ? words.named(placedIn, named.join(', ')) : placedIn
}

function describeMembers(
  { statuses, meeting }: Extract<Audience, { type: 'members' }>,
  language: Language,
): string {
  const words = audienceWords[language]
  const isParty = statuses.includes('official') && statuses.includes('probationary')
  const rest = isParty
    ? statuses.filter((status) => status !== 'official' && status !== 'probationary')
    : statuses
  const members = [...(isParty ? [words.member.party] : []), ...rest.map((status) => words.member[status])]
  const joined = members.join(', ')
  return meeting ? words.meeting[meeting](joined) : joined
}

/** Why a phrase was matched as it was: one or two sentences. */
export function describeMatch(match: PhraseMatch, language: Language): string {
  const words = audienceWords[language]
  const { formerly, unmatched } = match
  const reason = formerly
    ? words.formerly(formerly.name, dayOf(formerly.until))
    : words.reason[match.why as MatchReason]
  const parts =
    match.why === 'partly' && unmatched.length > 0 ? ` ${words.unmatched(unmatched.join('; '))}` : ''
  return `${reason}${parts}`
}

/** What has become of the bodies that an expression names and that are no more: a sentence for each. */
export function describeEnded(ended: readonly EndedBody[], language: Language): string[] {
  const words = audienceWords[language]
  return ended.map(({ name, on, heirs }) =>
    heirs.length > 0
      ? words.endedWith(name, dayOf(on), heirs.map((heir) => heir.name).join(', '))
      : words.endedAlone(name, dayOf(on)),
  )
}

function figure(value: number, language: Language): string {
  return language === 'vi' ? formatNumber(value) : value.toLocaleString('en')
}

function dayOf(isoDate: string): string {
  const [year, month, day] = isoDate.split('-')
  return `${day}/${Number(month) < 3 ? month : Number(month)}/${year}`
}
