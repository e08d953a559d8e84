import { fold } from '@trienkhai/vietnamese/fold.ts'
import { longestPassword, type PasswordProblem, shortestPassword } from '../rules.ts'

/** What people here choose first; with figures or signs around it is no better. Without marks. */
const commonHere = [
  'matkhau',
  'matkhaumoi',
  'matkhaucuatoi',
  'anhyeuem',
  'emyeuanh',
  'toiyeuvietnam',
  'toiyeuem',
  'vietnam',
  'vietnamvodich',
  'hochiminh',
  'bachotoi',
  'bacho',
  'dangcongsan',
  'dangcongsanvietnam',
  'dangvien',
  'danguy',
  'dangbo',
  'chibo',
  'bithu',
  'huyenuy',
  'tinhuy',
  'thanhuy',
  'vanphong',
  'vanphongdanguy',
  'ubnd',
  'uybannhandan',
  'trienkhai',
  'khongbiet',
  'khongco',
  'quantri',
  'quantrivien',
  'dangnhap',
  'taikhoan',
  'xinchao',
  'hanoi',
  'saigon',
  'thanhpho',
  'giadinh',
  'conyeume',
  'mothaiba',
  'motnamhaiba',
  'abcdef',
  'password',
  'admin',
  'administrator',
  'welcome',
  'letmein',
  'qwerty',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'iloveyou',
] as const

const rows = [
  '0123456789012',
  '9876543210987',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv',
]

/** Without marks, case and the signs that are put for letters. */
const plainOf = (text: string): string =>
  fold(text)
    .replaceAll('@', 'a')
    .replaceAll('0', 'o')
    .replaceAll('$', 's')
    .replace(/[^a-z0-9]/g, '')

let common: Promise<ReadonlySet<string>> | undefined

/** The passwords that guessers try first: some fifty thousand, loaded when the first one is chosen. */
function loadCommon(): Promise<ReadonlySet<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set([...dictionary['passwords-common'], ...commonHere]),
  )
  return common
}

/**
 * What is wrong with a password that somebody chooses: its length, that guessers know it (with figures or signs put
 * around it, too), that it is made of one's own name, or of a row of keys. Undefined where nothing is.
 */
export async function findPasswordProblem(
  password: string,
  ownNames: readonly string[],
): Promise<PasswordProblem | undefined> {
  if ([...password].length < shortestPassword) return 'short'
  if (password.length > longestPassword) return 'long'
  const lower = fold(password)
  const plain = plainOf(password)
  const letters = fold(password).replace(/[^a-z]/g, '')
  if (isSimple(lower.replace(/\s/g, ''))) return 'simple'
  const known = await loadCommon()
  const candidates = [
    lower,
    plain,
    lower.replace(/^[^a-z]+|[^a-z]+$/g, ''),
    plainOf(lower.replace(/[\d\W_]+$/, '')),
  ]
  if (candidates.some((candidate) => known.has(candidate))) return 'common'
  // "matkhau" and "2026", "vietnam vietnam": nothing is left once the known words are out.
  const rest = [...commonHere]
    .sort((one, other) => other.length - one.length)
    .reduce((left, word) => left.replaceAll(word, ''), letters)
  if (letters.length > 0 && rest.length < 3 && letters.length - rest.length >= 5) return 'common'
  if (ownNames.some((name) => isMadeOf(plain, letters, plainOf(name)))) return 'name'
  return undefined
}

/** Whether a password is somebody's name with a few figures, which is the first thing that is tried. */
function isMadeOf(plain: string, letters: string, name: string): boolean {
  if (name.length < 3) return false
  return plain.includes(name) ? plain.length - name.length < 6 : letters.length > 2 && name.includes(letters)
}

/** One or two signs over and over, a run of keys, a number that may be a telephone's or a birthday. */
function isSimple(text: string): boolean {
  if (new Set(text).size < 4) return true
  if (/^\d{1,14}$/.test(text)) return true
  const half = text.slice(0, Math.ceil(text.length / 2))
  return rows.some(
    (row) => row.includes(text) || (half.length > 4 && row.includes(half) && text === half + half),
  )
}
