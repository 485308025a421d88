import i18next from 'i18next';
import type { ApiError, FieldError } from '@/lib/api-error';
import { PSEUDO } from '@/lib/language';

/** The server explains in English; in other languages the words go by its codes. */
function speaksEnglish(): boolean {
  return i18next.language !== PSEUDO && i18next.language.startsWith('en');
}

function known(key: string): boolean {
  return i18next.exists(key, { fallbackLng: [] });
}

/** A problem in the reader's language, as exactly as the server's code allows. */
export function problemWords(problem: ApiError): { title: string; message: string } {
  if (problem.isOffline) return { title: i18next.t('state.offline.title'), message: i18next.t('state.offline.help') };
  const { code, title, message } = problem;
  if (speaksEnglish() || !known(`problem.${code}.title`)) return { title, message };
  return {
    title: i18next.t(`problem.${code}.title`, { defaultValue: title }),
    message: i18next.t(`problem.${code}.help`, { defaultValue: message }),
  };
}

/** What the server says of an action that it refuses. */
interface Refused {
  reason?: string | null;
  reason_code?: string | null;
  permission?: string | null;
}

/** Why an action is refused, in the reader's language; nothing where the server says nothing. */
export function refusalWords(told: Refused | undefined): string | null {
  if (!told?.reason) return null;
  const key = `refusal.${told.reason_code}`;
  if (speaksEnglish() || !known(key)) return told.reason;
  return i18next.t(key, { defaultValue: told.reason, permission: told.permission });
}

/** What is wrong with a field, in the reader's language. */
export function fieldWords({ code, message }: Pick<FieldError, 'code' | 'message'>): string {
  if (speaksEnglish() || !known(`problem.field.${code}`)) return message;
  return i18next.t(`problem.field.${code}`, { defaultValue: message });
}
