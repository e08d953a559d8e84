import type { Post } from './schema.ts'

interface PostWords {
  post: Post
  words: string
}

const posts: readonly PostWords[] = [
  { post: 'deputy-secretary', words: 'pho bi thu(?: thuong truc)?' },
  { post: 'secretary', words: 'bi thu(?:(?: \\|| va) pho bi thu)?' },
  { post: 'deputy-principal', words: 'pho hieu truong' },
  { post: 'principal', words: 'hieu truong|ban giam hieu' },
  { post: 'deputy-chair', words: 'pho chu tich' },
  { post: 'chair', words: 'chu tich(?:(?: \\|| va) pho chu tich)?' },
  { post: 'permanent', words: 'thuong truc' },
  { post: 'standing-committee', words: '(?:uy vien )?ban thuong vu' },
  {
    post: 'committee-member',
    words: 'uy vien ban chap hanh|uy vien|thanh vien|cap uy vien',
  },
  {
    post: 'head',
    words:
      '(?:dai dien )?(?:tap the |ban )?lanh dao|thu truong|nguoi dung dau|truong(?:(?: \\|| va) pho)?|chanh|pho|cap uy|chi uy|ban chi uy|giam doc|chi huy truong|dai dien|chu nhiem',
  },
  { post: 'party-member', words: '(?:can bo(?: \\|| va) )?dang vien' },
  {
    post: 'staff',
    words:
      'can bo(?: \\| cong chuc)?(?: \\| vien chuc)?|cong chuc|chuyen vien|vien chuc|doan vien|hoi vien|giao vien',
  },
]

/**
 * Splits "thủ trưởng các cơ quan" (folded) into the post and the bodies; undefined where no post leads it.
 * The rest is empty where the post stands alone: the secretary of the committee itself.
 */
export function splitHolder(core: string): { post: Post; rest: string } | undefined {
  for (const { post, words } of posts) {
    if (new RegExp(`^(?:cac )?(?:${words})$`).test(core)) return { post, rest: '' }
    const lead = new RegExp(`^(?:cac )?(?:${words})\\s+(?:(?:cua|thuoc|trong|tai|o)\\s+)?(?=\\S)`).exec(core)
    if (lead) return { post, rest: core.slice(lead[0].length) }
  }
  return undefined
}
