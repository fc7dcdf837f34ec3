import { en } from './en.ts'
import { zh } from './zh.ts'
import { has } from '#kernel/keyed.ts'

export type MessageKey = keyof typeof zh

/** A language pages can be read in (docs/languages.md). */
export type Tongue = {
  /** What its readers call it; the switcher shows it so. */
  name: string
  /** BCP 47: the page's language, and whose days, numbers and plurals are used. */
  tag: string
  /** What is missing is said in Chinese, and marked as Chinese. */
  messages: Readonly<Partial<Record<MessageKey, string>>>
  /** The lines' own texts, by their Chinese; what is missing is said in Chinese. */
  texts?: Readonly<Record<string, string>>
}

/** Every language. Another is a row here and a file of messages. */
export const languages = {
  zh: { name: '中文', tag: 'zh-CN', messages: zh },
  en: { name: 'English', tag: 'en-GB', messages: en },
} satisfies Record<string, Tongue>

export type Language = keyof typeof languages

/** The language of that key, else Chinese. */
export const languageFrom = (key: string | null | undefined): Language => (key && has(languages, key) ? key : 'zh')

export const tongueOf = (language: Language): Tongue => languages[language]
