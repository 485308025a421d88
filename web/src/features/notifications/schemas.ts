import * as v from 'valibot';
import { idSearch, oneOf } from '@/ui/list/list-search';

export const STATES = ['waiting', 'queued', 'sent', 'failed', 'skipped'] as const;
export type DeliveryState = (typeof STATES)[number];

export const CHANNELS = ['email', 'sms', 'slack', 'teams', 'webhook'] as const;

export const LANGUAGES = ['en', 'de'] as const;
export type TemplateLanguage = (typeof LANGUAGES)[number];

/** What the address of the delivery log may hold. */
export const deliverySearchSchema = v.object({
  state: oneOf(STATES),
  channel: oneOf(CHANNELS),
  person: idSearch,
  ticket: idSearch,
});
export type DeliverySearch = v.InferOutput<typeof deliverySearchSchema>;

/** What the address of the templates may hold. */
export const templateSearchSchema = v.object({ medium: oneOf(CHANNELS), language: oneOf(LANGUAGES) });
export type TemplateSearch = v.InferOutput<typeof templateSearchSchema>;

/** What the address of one template may hold: the ticket it is tried on. */
export const templatePageSchema = v.object({
  on: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(40))), undefined),
});

export function isState(word: string): word is DeliveryState {
  return STATES.some((state) => state === word);
}

export function isLanguage(word: string): word is TemplateLanguage {
  return LANGUAGES.some((language) => language === word);
}

export function isChannel(word: string): word is (typeof CHANNELS)[number] {
  return CHANNELS.some((channel) => channel === word);
}
