/** The languages that the product speaks. Vietnamese comes first and is the one to fall back on. */
export type Language = 'vi' | 'en'

export const languages: readonly Language[] = ['vi', 'en']

/**
 * Words in both languages, of one shape: what one language has, the other must have too. Values are strings, or
 * functions of the figures and names that go into the sentence.
 */
export function inBothLanguages<Vietnamese extends Words>(words: {
  vi: Vietnamese
  en: Translated<Vietnamese>
}): Record<Language, Translated<Vietnamese>> {
  return words as unknown as Record<Language, Translated<Vietnamese>>
}

export interface Words {
  [key: string]: string | ((...parts: never[]) => string) | Words
}

type Translated<Source> = {
  [Key in keyof Source]: Source[Key] extends string
    ? string
    : Source[Key] extends (...parts: infer Parts) => string
      ? (...parts: Parts) => string
      : Translated<Source[Key]>
}
