import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'

// Every setting of the product, in one table. `trienkhai settings` prints it; nothing else reads the environment for
// settings. (LANG, PATH and the like are the system's, not settings of ours.)

export interface Settings {
  port: number
  host: string
  /** Where people reach the product: scheme, host and port, nothing behind: `http://127.0.0.1:3000`. */
  baseUrl: string
  /** Whether BASE_URL was given: then it holds whatever a request says of itself. */
  baseUrlIsGiven: boolean
  dataDir: string
  /** Undefined: the embedded database. */
  databaseUrl: string | undefined
  /** Undefined: DATABASE_URL is the owner's, and the program steps down in each session. */
  databaseOwnerUrl: string | undefined
  databaseSignInUrl: string | undefined
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  mostUploadBytes: number
  jobsAtOnce: number
  /** Processes that draw pages. */
  webProcesses: number
  /** Signs session cookies. */
  authSecret: string | undefined
  /** The office's own sign-in service (OpenID Connect); undefined where there is none. */
  singleSignOn: { issuer: string; clientId: string; clientSecret: string; label: string } | undefined
  /** Undefined: letters wait in the outbox. */
  smtpUrl: string | undefined
  /** The sender of letters: `Văn phòng <vanphong@example.vn>`. */
  mailFrom: string
  /** The header in which a proxy before us says whose request it is. */
  addressHeader: string | undefined
  /** What one account may ask for in a minute; 0: as much as it likes. */
  mostPerMinute: { search: number; export: number; upload: number; feed: number }
  /** Days for which what is named is kept: see features/personal-data/kinds.ts. */
  keepDays: {
    sessions: number
    failures: number
    letters: number
    notices: number
    commands: number
    drafts: number
    looks: number
  }
}

interface Described {
  vi: string
  en: string
}

export interface Setting {
  name: string
  /** As it would be written in the environment; undefined where there is none. */
  standard: string | undefined
  means: Described
  /** May not be shown whole. */
  secret?: boolean
}

export interface SettingProblem {
  name: string
  given: string
  wanted: Described
}

/**
 * SvelteKit takes a file of this name for its own list of variables. The product reads its settings here and by no
 * other way, so that list is empty.
 */
export const variables = {}

export type SettingsOutcome = { ok: true; settings: Settings } | { ok: false; problems: SettingProblem[] }

const projectRoot = resolve(import.meta.dirname, '..', '..')

export const settingsTable = [
  {
    name: 'PORT',
    standard: '3000',
    means: { vi: 'Cổng mà trang web lắng nghe', en: 'The port that the web pages are served on' },
  },
  {
    name: 'HOST',
    standard: '127.0.0.1',
    means: {
      vi: 'Địa chỉ mạng lắng nghe; 0.0.0.0 để máy khác trong mạng truy cập được',
      en: 'The network address served on; 0.0.0.0 lets other machines in',
    },
  },
  {
    name: 'BASE_URL',
    standard: undefined,
    means: {
      vi: 'Địa chỉ người dùng gõ vào trình duyệt, ví dụ https://trienkhai.example.vn; mặc định là http://HOST:PORT',
      en: 'The address that people type, such as https://trienkhai.example.vn; http://HOST:PORT unless given',
    },
  },
  {
    name: 'DATA_DIR',
    standard: join(projectRoot, '.data'),
    means: {
      vi: 'Thư mục chứa cơ sở dữ liệu đi kèm và các tệp đã tải lên',
      en: 'The folder of the embedded database and of uploaded files',
    },
  },
  {
    name: 'DATABASE_URL',
    standard: undefined,
    secret: true,
    means: {
      vi: 'Địa chỉ một máy chủ PostgreSQL 15 trở lên (postgresql://…); để trống thì dùng cơ sở dữ liệu đi kèm',
      en: 'The address of a PostgreSQL 15 or later (postgresql://…); the embedded database unless given',
    },
  },
  {
    name: 'DATABASE_OWNER_URL',
    standard: undefined,
    secret: true,
    means: {
      vi: 'Địa chỉ của vai trò sở hữu các bảng, chỉ dùng khi nâng cấp; khi đó DATABASE_URL đăng nhập bằng thành viên của trienkhai_program, không sở hữu gì',
      en: 'The address of the role that owns the tables, for migrations alone; DATABASE_URL then logs in as a member of trienkhai_program, which owns nothing',
    },
  },
  {
    name: 'DATABASE_SIGN_IN_URL',
    standard: undefined,
    secret: true,
    means: {
      vi: 'Địa chỉ của vai trò giữ mật khẩu và phiên đăng nhập (thành viên của trienkhai_sign_in); để trống thì DATABASE_URL chuyển sang vai trò ấy',
      en: 'The address of the role that keeps passwords and sessions (a member of trienkhai_sign_in); DATABASE_URL steps down to it unless given',
    },
  },
  {
    name: 'LOG_LEVEL',
    standard: 'info',
    means: {
      vi: 'Mức nhật ký: debug, info, warn hoặc error',
      en: 'How much is logged: debug, info, warn or error',
    },
  },
  {
    name: 'MAX_UPLOAD_MB',
    standard: '50',
    means: {
      vi: 'Dung lượng lớn nhất của một tệp tải lên, tính bằng MB',
      en: 'The largest file taken in, in MB',
    },
  },
  {
    name: 'WORKERS',
    standard: '2',
    means: {
      vi: 'Số việc nền làm cùng lúc (đọc văn bản, gửi thông báo); 0 nếu chạy riêng bằng lệnh trienkhai worker',
      en: 'Background jobs done at once (reading documents, sending notices); 0 where trienkhai worker does them',
    },
  },
  {
    name: 'WEB_PROCESSES',
    // More than four ask for more of the database's sessions than it has to give.
    standard: String(Math.min(availableParallelism(), 4)),
    means: {
      vi: 'Số tiến trình dựng trang web; mặc định bằng số nhân của máy, nhiều nhất là 4',
      en: 'Processes that draw pages; as many as the machine has cores, 4 at most, unless given',
    },
  },
  {
    name: 'AUTH_SECRET',
    standard: undefined,
    secret: true,
    means: {
      vi: 'Khóa ký phiên đăng nhập, ít nhất 32 ký tự; để trống thì tự sinh và giữ trong DATA_DIR',
      en: 'The key that signs sessions, 32 characters at least; made and kept in DATA_DIR unless given',
    },
  },
  {
    name: 'OIDC_ISSUER',
    standard: undefined,
    means: {
      vi: 'Địa chỉ dịch vụ đăng nhập một lần của cơ quan (OpenID Connect), ví dụ https://dangnhap.example.vn; để trống nếu không có',
      en: "The address of the office's own sign-in service (OpenID Connect), such as https://login.example.vn; none unless given",
    },
  },
  {
    name: 'OIDC_CLIENT_ID',
    standard: undefined,
    means: {
      vi: 'Mã của sản phẩm tại dịch vụ đăng nhập một lần',
      en: 'The id by which that sign-in service knows the product',
    },
  },
  {
    name: 'OIDC_CLIENT_SECRET',
    standard: undefined,
    secret: true,
    means: {
      vi: 'Khóa bí mật của sản phẩm tại dịch vụ đăng nhập một lần',
      en: "The product's secret at that sign-in service",
    },
  },
  {
    name: 'OIDC_LABEL',
    standard: 'tài khoản cơ quan',
    means: {
      vi: 'Tên dịch vụ đăng nhập một lần ghi trên nút đăng nhập',
      en: 'What the button calls that sign-in service',
    },
  },
  {
    name: 'SMTP_URL',
    standard: undefined,
    secret: true,
    means: {
      vi: 'Máy chủ gửi thư: smtp://tên:mật-khẩu@máy:587 hoặc smtps://…:465; để trống thì thư nằm ở trang Thư chờ gửi',
      en: 'The server that letters are sent by: smtp://name:password@host:587 or smtps://…:465; letters wait in the outbox unless given',
    },
  },
  {
    name: 'MAIL_FROM',
    standard: 'Triển khai <khong-tra-loi@localhost>',
    means: {
      vi: 'Người gửi ghi trên thư, ví dụ "Văn phòng Đảng ủy <vanphong@example.vn>"',
      en: 'The sender that letters name, such as "Office <office@example.vn>"',
    },
  },
  {
    name: 'CLIENT_ADDRESS_HEADER',
    standard: undefined,
    means: {
      vi: 'Tên tiêu đề HTTP mà máy chủ proxy đứng trước ghi địa chỉ người dùng, ví dụ x-forwarded-for; để trống nếu không có proxy',
      en: 'The header in which a proxy before the product writes whose request it is, such as x-forwarded-for; none without a proxy',
    },
  },
  {
    name: 'LIMIT_SEARCHES',
    standard: '600',
    means: {
      vi: 'Số lần tìm kiếm nhiều nhất của một tài khoản trong một phút; 0 là không giới hạn',
      en: 'Searches of one account in a minute at most; 0 for no limit',
    },
  },
  {
    name: 'LIMIT_EXPORTS',
    standard: '30',
    means: {
      vi: 'Số lần xuất tệp nhiều nhất của một tài khoản trong một phút; 0 là không giới hạn',
      en: 'Exports of one account in a minute at most; 0 for no limit',
    },
  },
  {
    name: 'LIMIT_UPLOADS',
    standard: '120',
    means: {
      vi: 'Số lần tải tệp lên nhiều nhất của một tài khoản trong một phút; 0 là không giới hạn',
      en: 'Uploads of one account in a minute at most; 0 for no limit',
    },
  },
  {
    name: 'LIMIT_FEEDS',
    standard: '30',
    means: {
      vi: 'Số lần đọc lịch qua mật khẩu ứng dụng nhiều nhất trong một phút; 0 là không giới hạn',
      en: 'Readings of feeds in a minute at most; 0 for no limit',
    },
  },
  {
    name: 'KEEP_SESSIONS_DAYS',
    standard: '30',
    means: {
      vi: 'Số ngày giữ phiên đăng nhập đã hết hạn và thiết bị không còn dùng',
      en: 'Days for which sessions that have run out, and devices no longer used, are kept',
    },
  },
  {
    name: 'KEEP_FAILURES_DAYS',
    standard: '30',
    means: {
      vi: 'Số ngày giữ số lần đăng nhập sai',
      en: 'Days for which counts of failed sign-ins are kept',
    },
  },
  {
    name: 'KEEP_LETTERS_DAYS',
    standard: '90',
    means: {
      vi: 'Số ngày giữ thư đã gửi hoặc đã bỏ',
      en: 'Days for which letters that were sent or discarded are kept',
    },
  },
  {
    name: 'KEEP_NOTICES_DAYS',
    standard: '730',
    means: { vi: 'Số ngày giữ thông báo đã đọc', en: 'Days for which notices that were read are kept' },
  },
  {
    name: 'KEEP_COMMANDS_DAYS',
    standard: '30',
    means: {
      vi: 'Số ngày nhớ mã lệnh để gửi lại không làm hai lần',
      en: 'Days for which commands are remembered, so that one sent again is not done twice',
    },
  },
  {
    name: 'KEEP_DRAFTS_DAYS',
    standard: '730',
    means: {
      vi: 'Số ngày giữ bản thảo không ban hành kể từ lần sửa cuối',
      en: 'Days for which drafts that were never issued are kept after their last change',
    },
  },
  {
    name: 'KEEP_LOOKS_DAYS',
    standard: '1095',
    means: {
      vi: 'Số ngày giữ lượt xem dữ liệu cá nhân trong nhật ký; ít nhất 366',
      en: 'Days for which looks at personal data are kept in the record; 366 at the least',
    },
  },
  {
    name: 'TRIENKHAI_LANG',
    standard: undefined,
    means: {
      vi: 'Ngôn ngữ của các lệnh: vi hoặc en; mặc định theo LANG',
      en: 'The language of the commands: vi or en; as LANG says unless given',
    },
  },
] as const satisfies readonly Setting[]

type SettingName = (typeof settingsTable)[number]['name']
type Environment = Readonly<Record<string, string | undefined>>

/** Reads and checks every setting. An empty value counts as none given. */
export function readSettings(environment: Environment): SettingsOutcome {
  const problems: SettingProblem[] = []
  const textOf = (name: SettingName): string | undefined =>
    environment[name] || settingsTable.find((setting) => setting.name === name)?.standard
  const complain = (name: SettingName, wanted: Described): undefined => {
    problems.push({ name, given: isSecret(name) ? '…' : (textOf(name) ?? ''), wanted })
    return undefined
  }
  const wholeNumber = (name: SettingName, least: number, most: number): number => {
    const text = textOf(name) ?? ''
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    complain(name, {
      vi: `một số nguyên từ ${least} đến ${most}`,
      en: `a whole number from ${least} to ${most}`,
    })
    return least
  }

  const port = wholeNumber('PORT', 1, 65_535)
  const host = textOf('HOST') ?? ''
  const baseUrl = parseBaseUrl(textOf('BASE_URL') ?? `http://${hostInUrl(host)}:${port}`)
  if (!baseUrl) {
    complain('BASE_URL', {
      vi: 'một địa chỉ http:// hoặc https:// không có đường dẫn phía sau, ví dụ https://trienkhai.example.vn',
      en: 'an http:// or https:// address with no path behind it, such as https://trienkhai.example.vn',
    })
  }
  const databaseAddress = (name: SettingName): string | undefined => {
    const address = textOf(name)
    if (address === undefined || /^postgres(ql)?:\/\//.test(address)) return address
    return complain(name, { vi: 'một địa chỉ postgresql://…', en: 'an address postgresql://…' })
  }
  const databases = {
    databaseUrl: databaseAddress('DATABASE_URL'),
    databaseOwnerUrl: databaseAddress('DATABASE_OWNER_URL'),
    databaseSignInUrl: databaseAddress('DATABASE_SIGN_IN_URL'),
  }
  const logLevel =
    parseLogLevel(textOf('LOG_LEVEL')) ?? complain('LOG_LEVEL', anyOf('debug', 'info', 'warn', 'error'))
  const language = textOf('TRIENKHAI_LANG')
  if (language !== undefined && language !== 'vi' && language !== 'en')
    complain('TRIENKHAI_LANG', anyOf('vi', 'en'))
  const authSecret = textOf('AUTH_SECRET')
  if (authSecret !== undefined && authSecret.length < 32) {
    complain('AUTH_SECRET', { vi: 'ít nhất 32 ký tự', en: 'at least 32 characters' })
  }
  const singleSignOn = {
    issuer: textOf('OIDC_ISSUER'),
    clientId: textOf('OIDC_CLIENT_ID'),
    clientSecret: textOf('OIDC_CLIENT_SECRET'),
    label: textOf('OIDC_LABEL') ?? '',
  }
  const { issuer, clientId, clientSecret, label } = singleSignOn
  const wantsSingleSignOn = Boolean(issuer || clientId || clientSecret)
  if (wantsSingleSignOn && (!issuer || !/^https?:\/\//.test(issuer) || !URL.canParse(issuer)))
    complain('OIDC_ISSUER', { vi: 'một địa chỉ https://…', en: 'an address https://…' })
  if (wantsSingleSignOn)
    for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const)
      if (!textOf(name))
        complain(name, { vi: 'phải có cùng OIDC_ISSUER', en: 'wanted together with OIDC_ISSUER' })
  const smtpUrl = textOf('SMTP_URL')
  if (smtpUrl !== undefined && (!/^smtps?:\/\//.test(smtpUrl) || !URL.canParse(smtpUrl)))
    complain('SMTP_URL', { vi: 'một địa chỉ smtp:// hoặc smtps://', en: 'an address smtp:// or smtps://' })
  const mailFrom = textOf('MAIL_FROM') ?? ''
  if (!/^[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/.test(mailFrom))
    complain('MAIL_FROM', { vi: 'Tên <hộp-thư@tên-miền>', en: 'Name <mailbox@domain>' })
  const mostUploadBytes = wholeNumber('MAX_UPLOAD_MB', 1, 2_000) * 1_000_000
  const jobsAtOnce = wholeNumber('WORKERS', 0, 64)
  const webProcesses = wholeNumber('WEB_PROCESSES', 1, 64)
  const addressHeader = textOf('CLIENT_ADDRESS_HEADER')?.toLowerCase()
  if (addressHeader !== undefined && !/^[a-z0-9-]+$/.test(addressHeader))
    complain('CLIENT_ADDRESS_HEADER', { vi: 'tên một tiêu đề HTTP', en: 'the name of a header' })
  const mostPerMinute = {
    search: wholeNumber('LIMIT_SEARCHES', 0, 1_000_000),
    export: wholeNumber('LIMIT_EXPORTS', 0, 1_000_000),
    upload: wholeNumber('LIMIT_UPLOADS', 0, 1_000_000),
    feed: wholeNumber('LIMIT_FEEDS', 0, 1_000_000),
  }
  const days = (name: SettingName): number => wholeNumber(name, 1, 36_500)
  const keepDays = {
    sessions: days('KEEP_SESSIONS_DAYS'),
    failures: days('KEEP_FAILURES_DAYS'),
    letters: days('KEEP_LETTERS_DAYS'),
    notices: days('KEEP_NOTICES_DAYS'),
    commands: days('KEEP_COMMANDS_DAYS'),
    drafts: days('KEEP_DRAFTS_DAYS'),
    // The database refuses less than a year.
    looks: wholeNumber('KEEP_LOOKS_DAYS', 366, 36_500),
  }
  if (problems.length > 0 || !baseUrl || !logLevel) return { ok: false, problems }
  const dataDir = resolve(textOf('DATA_DIR') ?? '')
  const web = { port, host, baseUrl, baseUrlIsGiven: Boolean(environment['BASE_URL']), authSecret }
  const atOnce = { mostUploadBytes, jobsAtOnce, webProcesses }
  const outside = {
    singleSignOn: issuer && clientId && clientSecret ? { issuer, clientId, clientSecret, label } : undefined,
    smtpUrl,
    mailFrom,
    addressHeader,
    mostPerMinute,
    keepDays,
  }
  return { ok: true, settings: { ...web, dataDir, ...databases, logLevel, ...atOnce, ...outside } }
}

const isSecret = (name: SettingName): boolean =>
  settingsTable.some((setting) => setting.name === name && 'secret' in setting)

/**
 * The settings of a process that a command has started (the pages, the worker): what was wrong has been told before,
 * so here it is a bug. The key that signs sessions is made, and kept in the data folder, where none is given.
 */
export function settingsFromEnvironment(): Settings & { authSecret: string } {
  const outcome = readSettings(process.env)
  if (!outcome.ok) throw new Error(`wrong settings: ${outcome.problems.map(({ name }) => name).join(', ')}`)
  const { settings } = outcome
  return { ...settings, authSecret: settings.authSecret ?? keptSecret(settings.dataDir) }
}

function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'auth.secret')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(file, 'utf8')
}

function parseBaseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  return isWeb && isBare ? url.origin : undefined
}

/** An address of IPv6 stands in brackets; the addresses that mean "everywhere" are reached as the machine itself. */
export function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

function parseLogLevel(text: string | undefined): Settings['logLevel'] | undefined {
  return text === 'debug' || text === 'info' || text === 'warn' || text === 'error' ? text : undefined
}

const anyOf = (...words: string[]): Described => ({ vi: words.join(' hoặc '), en: words.join(' or ') })
