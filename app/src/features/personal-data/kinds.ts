import { inBothLanguages } from '@trienkhai/vietnamese/language.ts'

/** What is removed by itself after a time: the names of `keepDays` in env.ts. */
export type Term = 'sessions' | 'failures' | 'letters' | 'notices' | 'commands' | 'drafts' | 'looks'

/** Kinds of personal data that the product holds. */
export const personalKinds = [
  'name',
  'details',
  'membership',
  'posts',
  'attendance',
  'account',
  'rights',
  'keys',
  'sessions',
  'failures',
  'letters',
  'notices',
  'acts',
  'evidence',
  'drafts',
  'commands',
  'imports',
  'record',
  'looks',
  'requests',
] as const
export type PersonalKind = (typeof personalKinds)[number]

/** Kinds that the law calls sensitive: membership tells of political conviction. */
export const sensitiveKinds: readonly PersonalKind[] = ['details', 'membership']

/** How long each kind is kept: a number of days that a setting names, or in words (`words.stays`). */
export const termOf: Readonly<Partial<Record<PersonalKind, Term>>> = {
  sessions: 'sessions',
  failures: 'failures',
  letters: 'letters',
  notices: 'notices',
  commands: 'commands',
  drafts: 'drafts',
  looks: 'looks',
}

interface KindWords {
  name: string
  what: string
  purpose: string
  ground: string
  seenBy: string
  stays: string
  [key: string]: string
}

const own = {
  vi: 'chính người đó; cán bộ có quyền quản lý dữ liệu nhân sự của tổ chức và cấp trên trực tiếp quản lý',
  en: 'the person; whoever has the right to personnel data of the organisation, or of one above it',
}
const untilErased = {
  vi: 'đến khi người đó không còn trong tổ chức và đề nghị xóa được chấp nhận',
  en: 'until the person has left and a request for erasure is granted',
}
const duty = {
  vi: 'Thực hiện nhiệm vụ của cơ quan, tổ chức theo quy định; thông báo cho người có dữ liệu tại trang này.',
  en: 'The duties of the body under the rules it works by; the person is informed on this page.',
}
const security = {
  vi: 'Bảo vệ tài khoản và hệ thống: nghĩa vụ của bên xử lý dữ liệu.',
  en: 'Protecting accounts and the system: a duty of whoever processes data.',
}

const vi: Record<PersonalKind, KindWords> = {
  name: {
    name: 'Họ và tên',
    what: 'họ và tên',
    purpose: 'Biết ai giữ chức vụ, ai sinh hoạt ở đâu, ai đã làm việc gì.',
    ground: duty.vi,
    seenBy: 'người trong cùng hệ thống tổ chức; cấp trên của tổ chức',
    stays: untilErased.vi,
  },
  details: {
    name: 'Thông tin cá nhân',
    what: 'ngày sinh, giới tính, điện thoại, thư điện tử, số thẻ đảng viên, ngày vào Đảng, ngày chính thức',
    purpose: 'Phân biệt người trùng tên, liên hệ, lập danh sách theo quy định.',
    ground: duty.vi,
    seenBy: own.vi,
    stays: untilErased.vi,
  },
  membership: {
    name: 'Sinh hoạt đảng, đoàn thể',
    what: 'nơi sinh hoạt, tình trạng, miễn sinh hoạt, sinh hoạt tạm thời, từ ngày đến ngày',
    purpose: 'Lập danh sách phải thực hiện, phải dự; đếm đảng viên của chi bộ.',
    ground: duty.vi,
    seenBy: own.vi,
    stays: 'lâu dài, vì số liệu đã báo cáo dựa vào đó; khi xóa, tên được thay bằng ký hiệu chung',
  },
  posts: {
    name: 'Chức vụ',
    what: 'chức vụ, tổ chức, từ ngày đến ngày, quyết định',
    purpose: 'Biết ai chịu trách nhiệm, ai được mời, ai có quyền gì trong hệ thống.',
    ground: duty.vi,
    seenBy: 'người trong cùng hệ thống tổ chức; cấp trên của tổ chức',
    stays: 'lâu dài, vì văn bản đã ban hành dựa vào đó; khi xóa, tên được thay bằng ký hiệu chung',
  },
  attendance: {
    name: 'Thành phần dự',
    what: 'được mời dự sự kiện nào, với tư cách gì',
    purpose: 'Lập danh sách mời, tổng hợp kết quả.',
    ground: duty.vi,
    seenBy: 'cơ quan tổ chức sự kiện; chính người đó',
    stays: 'lâu dài cùng sự kiện; khi xóa, tên được thay bằng ký hiệu chung',
  },
  account: {
    name: 'Tài khoản',
    what: 'tên hiển thị, tên đăng nhập, thư điện tử, ngôn ngữ, lần đăng nhập gần nhất',
    purpose: 'Đăng nhập, ghi ai đã làm gì.',
    ground: duty.vi,
    seenBy: 'chính người đó; quản trị của tổ chức',
    stays: untilErased.vi,
  },
  rights: {
    name: 'Quyền được giao',
    what: 'vai trò, phạm vi, từ ngày đến ngày, ai giao',
    purpose: 'Quyết định ai được xem và làm gì.',
    ground: duty.vi,
    seenBy: 'chính người đó; quản trị của tổ chức',
    stays: 'lâu dài, vì nhật ký dựa vào đó; kết thúc khi tài khoản bị xóa',
  },
  keys: {
    name: 'Phương tiện đăng nhập',
    what: 'mật khẩu (chỉ giữ dạng băm), bước xác thực thứ hai, khóa truy cập, mật khẩu ứng dụng, lời mời',
    purpose: 'Xác nhận đúng người đăng nhập.',
    ground: security.vi,
    seenBy: 'không ai; người đó thấy tên và ngày tạo',
    stays: 'đến khi người đó gỡ bỏ hoặc tài khoản bị xóa',
  },
  sessions: {
    name: 'Phiên đăng nhập và thiết bị',
    what: 'địa chỉ mạng, trình duyệt, thời điểm, thiết bị đã biết',
    purpose: 'Giữ đăng nhập; để người đó thấy và kết thúc phiên lạ.',
    ground: security.vi,
    seenBy: 'chính người đó',
    stays: '',
  },
  failures: {
    name: 'Lần đăng nhập sai',
    what: 'số lần theo tài khoản và mạng, dưới dạng băm',
    purpose: 'Làm chậm kẻ dò mật khẩu.',
    ground: security.vi,
    seenBy: 'quản trị thấy tài khoản đang bị dò',
    stays: '',
  },
  letters: {
    name: 'Thư của hệ thống',
    what: 'người nhận, loại thư, thời điểm',
    purpose: 'Gửi lời mời, cấp lại mật khẩu, báo việc.',
    ground: duty.vi,
    seenBy: 'quản trị của tổ chức',
    stays: '',
  },
  notices: {
    name: 'Thông báo',
    what: 'thông báo gửi cho tài khoản, đã đọc lúc nào',
    purpose: 'Báo việc mới, thay đổi, trả lời.',
    ground: duty.vi,
    seenBy: 'chính người đó',
    stays: '',
  },
  acts: {
    name: 'Việc đã làm trong kế hoạch',
    what: 'ai ghi tiến độ, báo xong, nộp báo cáo, trả lời vướng mắc, triển khai, kết thúc, ban hành',
    purpose: 'Chứng minh kết quả; trách nhiệm của từng việc.',
    ground: duty.vi,
    seenBy: 'cơ quan giao việc, đơn vị thực hiện và người theo dõi địa bàn',
    stays: 'lâu dài cùng kế hoạch; khi xóa, tên được thay bằng ký hiệu chung',
  },
  evidence: {
    name: 'Minh chứng đã nộp',
    what: 'tệp, ảnh, liên kết nộp cho một việc và ai nộp; ảnh có thể có người trong đó',
    purpose: 'Chứng minh việc đã làm.',
    ground: duty.vi,
    seenBy: 'cơ quan giao việc, đơn vị thực hiện và người theo dõi địa bàn',
    stays: 'lâu dài cùng việc mà nó chứng minh; đơn vị gỡ được ảnh khi người trong ảnh đề nghị',
  },
  drafts: {
    name: 'Bản đang soạn',
    what: 'văn bản, bản rà soát, phương án đang soạn và ai sửa lần cuối',
    purpose: 'Soạn tiếp.',
    ground: duty.vi,
    seenBy: 'cơ quan soạn',
    stays: '',
  },
  commands: {
    name: 'Mã lệnh đã gửi',
    what: 'mã của mỗi lần bấm nút và kết quả',
    purpose: 'Gửi lại không làm hai lần.',
    ground: security.vi,
    seenBy: 'chính người đó',
    stays: '',
  },
  imports: {
    name: 'Bảng đã nhập',
    what: 'tệp, các dòng của tệp, ai nhập',
    purpose: 'Xem trước, sửa, hoàn tác lần nhập.',
    ground: duty.vi,
    seenBy: 'người nhập',
    stays: 'đến khi lần nhập hết hạn hoàn tác, rồi tệp và các dòng được xóa',
  },
  record: {
    name: 'Nhật ký',
    what: 'ai làm gì, lúc nào, trước và sau',
    purpose: 'Kiểm tra, quy trách nhiệm, phát hiện sửa đổi trái phép.',
    ground: security.vi,
    seenBy: 'cơ quan của việc đó; quản trị',
    stays: 'lâu dài, không sửa xóa được: các mục móc xích với nhau; khi xóa, tên hiện ra là ký hiệu chung',
  },
  looks: {
    name: 'Lượt xem dữ liệu cá nhân',
    what: 'ai đã xem thông tin cá nhân của ai, lúc nào',
    purpose: 'Để người có dữ liệu và quản trị biết ai đã xem.',
    ground: security.vi,
    seenBy: 'người được xem; quản trị',
    stays: '',
  },
  requests: {
    name: 'Đề nghị về dữ liệu cá nhân',
    what: 'đề nghị xóa, ai quyết định, trả lời',
    purpose: 'Thực hiện quyền của người có dữ liệu.',
    ground: 'Quyền của chủ thể dữ liệu theo pháp luật về bảo vệ dữ liệu cá nhân.',
    seenBy: 'chính người đó; quản trị của tổ chức',
    stays: 'lâu dài, để chứng minh đã giải quyết',
  },
}

const en: Record<PersonalKind, KindWords> = {
  name: {
    name: 'Name',
    what: 'full name',
    purpose: 'To know who holds which post, who belongs where, who did what.',
    ground: duty.en,
    seenBy: 'people of the same line of organisations; bodies above',
    stays: untilErased.en,
  },
  details: {
    name: 'Personal details',
    what: 'birth date, sex, phone, e-mail, Party card number, days of joining and of full membership',
    purpose: 'To tell people of one name apart, to reach them, to make the lists that the rules ask for.',
    ground: duty.en,
    seenBy: own.en,
    stays: untilErased.en,
  },
  membership: {
    name: 'Membership',
    what: 'where somebody belongs, status, exemption, temporary membership, from day to day',
    purpose: 'To list who is expected; to count the members of a cell.',
    ground: duty.en,
    seenBy: own.en,
    stays: 'for good, as issued figures rest on it; after erasure under a common pseudonym',
  },
  posts: {
    name: 'Posts',
    what: 'post, organisation, from day to day, decision',
    purpose: 'To know who is responsible, who is invited, who has which right here.',
    ground: duty.en,
    seenBy: 'people of the same line of organisations; bodies above',
    stays: 'for good, as issued documents rest on it; after erasure under a common pseudonym',
  },
  attendance: {
    name: 'Invitees',
    what: 'to which event somebody was invited, and as what',
    purpose: 'To invite, and to sum up.',
    ground: duty.en,
    seenBy: 'the office that holds the event; the person',
    stays: 'for good with the event; after erasure under a common pseudonym',
  },
  account: {
    name: 'Account',
    what: 'shown name, user name, e-mail, language, last sign-in',
    purpose: 'To sign in, and to say who did what.',
    ground: duty.en,
    seenBy: 'the person; administrators of the organisation',
    stays: untilErased.en,
  },
  rights: {
    name: 'Rights',
    what: 'role, scope, from day to day, who gave it',
    purpose: 'To decide who may see and do what.',
    ground: duty.en,
    seenBy: 'the person; administrators of the organisation',
    stays: 'for good, as the record rests on it; ended when the account is erased',
  },
  keys: {
    name: 'Ways of signing in',
    what: 'password (only its hash), second step, passkeys, app passwords, invitations',
    purpose: 'To make sure who signs in.',
    ground: security.en,
    seenBy: 'nobody; the person sees their names and days',
    stays: 'until the person removes them or the account is erased',
  },
  sessions: {
    name: 'Sessions and devices',
    what: 'network address, browser, times, known devices',
    purpose: 'To stay signed in; so that the person sees and ends a strange session.',
    ground: security.en,
    seenBy: 'the person',
    stays: '',
  },
  failures: {
    name: 'Failed sign-ins',
    what: 'counts by account and network, hashed',
    purpose: 'To slow whoever guesses passwords.',
    ground: security.en,
    seenBy: 'administrators see that an account is being tried',
    stays: '',
  },
  letters: {
    name: 'Letters of the system',
    what: 'recipient, kind of letter, times',
    purpose: 'To invite, to reset passwords, to tell of work.',
    ground: duty.en,
    seenBy: 'administrators of the organisation',
    stays: '',
  },
  notices: {
    name: 'Notices',
    what: 'notices to an account, and when they were read',
    purpose: 'To tell of new work, changes, answers.',
    ground: duty.en,
    seenBy: 'the person',
    stays: '',
  },
  acts: {
    name: 'What was done in plans',
    what: 'who noted progress, finished, submitted, answered, launched, closed, issued',
    purpose: 'To prove results; responsibility for each thing.',
    ground: duty.en,
    seenBy: 'the office that gave the work, the unit that does it, supervisors of the area',
    stays: 'for good with the plan; after erasure under a common pseudonym',
  },
  evidence: {
    name: 'Evidence',
    what: 'files, pictures, links for a piece of work and who added them; people may be seen in pictures',
    purpose: 'To prove that work was done.',
    ground: duty.en,
    seenBy: 'the office that gave the work, the unit that does it, supervisors of the area',
    stays: 'for good with what it proves; the unit can take a picture away when somebody in it asks',
  },
  drafts: {
    name: 'Drafts',
    what: 'papers, reviews and proposals being written, and who changed them last',
    purpose: 'To go on writing.',
    ground: duty.en,
    seenBy: 'the office that writes',
    stays: '',
  },
  commands: {
    name: 'Commands sent',
    what: 'the id of each press of a button and what came of it',
    purpose: 'Sent again is not done twice.',
    ground: security.en,
    seenBy: 'the person',
    stays: '',
  },
  imports: {
    name: 'Imported sheets',
    what: 'the file, its rows, who imported it',
    purpose: 'To preview, mend and take back an import.',
    ground: duty.en,
    seenBy: 'who imported it',
    stays: 'until the import can no longer be taken back; then file and rows go',
  },
  record: {
    name: 'Record',
    what: 'who did what, when, before and after',
    purpose: 'To check, to hold to account, to find tampering.',
    ground: security.en,
    seenBy: 'the office concerned; administrators',
    stays: 'for good, and unchangeable: entries are chained; after erasure names show as a common pseudonym',
  },
  looks: {
    name: 'Looks at personal data',
    what: 'who looked at whose personal data, and when',
    purpose: 'So that the person and administrators know who looked.',
    ground: security.en,
    seenBy: 'the person looked at; administrators',
    stays: '',
  },
  requests: {
    name: 'Requests about personal data',
    what: 'requests for erasure, who decided, the answer',
    purpose: 'To carry out the rights of the person.',
    ground: 'The rights of data subjects under the law on the protection of personal data.',
    seenBy: 'the person; administrators of the organisation',
    stays: 'for good, to show that they were dealt with',
  },
}

export const kindWords = inBothLanguages({ vi, en })
