import i18next from 'i18next';
import type { ApiError, FieldError, ProblemReason } from '@/lib/api-error';
import { PSEUDO } from '@/lib/language';
import { capital, sentence } from '@/lib/sentence';

/** The server explains in English; in other languages the words go by its codes. */
function speaksEnglish(): boolean {
  return i18next.language !== PSEUDO && i18next.language.startsWith('en');
}

function known(key: string): boolean {
  return i18next.exists(key, { fallbackLng: [] });
}

/** The words of a stable word; some are said more exactly for one verb. */
function reasonWords({ code, params }: ProblemReason): string | null {
  const keys = [`refusal.${code}_${params.verb}`, `refusal.${code}`];
  const key = keys.find(known);
  return key === undefined ? null : i18next.t(key, { ...params, defaultValue: code });
}

/** A problem in the reader's language, as exactly as the server's code allows. */
export function problemWords(problem: ApiError): { title: string; message: string } {
  if (problem.isOffline) return { title: i18next.t('state.offline.title'), message: i18next.t('state.offline.help') };
  const { code, title, reason } = problem;
  const message = sentence(problem.message);
  if (speaksEnglish() || !known(`problem.${code}.title`)) return { title, message };
  return {
    title: i18next.t(`problem.${code}.title`, { defaultValue: title }),
    message: (reason && reasonWords(reason)) ?? i18next.t(`problem.${code}.help`, { defaultValue: message }),
  };
}

/** What the server says of an action that it refuses. */
interface Refused {
  verb?: string;
  reason?: string | null;
  reason_code?: string | null;
  permission?: string | null;
}

/** Why an action is refused, in the reader's language; nothing where the server says nothing. */
export function refusalWords(told: Refused | undefined): string | null {
  if (!told?.reason) return null;
  if (speaksEnglish() || !told.reason_code) return sentence(told.reason);
  const params = { verb: told.verb ?? '', permission: told.permission ?? '' };
  return reasonWords({ code: told.reason_code, params }) ?? sentence(told.reason);
}

/** What the server says of a record that it left as it was. */
interface LeftAlone {
  reason?: string | null;
  code?: string | null;
  reason_code?: string | null;
  reason_params?: Readonly<Record<string, string>>;
}

/** Why one of many records was not changed, in the reader's language; `fieldName` names a field of it. */
export function outcomeWords(told: LeftAlone, fieldName: (field: string) => string): string {
  const { reason, code, reason_code, reason_params: params = {} } = told;
  const message = sentence(reason ?? code ?? '');
  if (speaksEnglish()) return message;
  if (reason_code && params.field) {
    return `${fieldName(params.field)}: ${fieldWords({ code: reason_code, message })}`;
  }
  const words = reason_code && reasonWords({ code: reason_code, params });
  if (words) return words;
  return known(`problem.${code}.title`) ? i18next.t(`problem.${code}.title`, { defaultValue: message }) : message;
}

/** What is wrong with a field, in the reader's language. */
export function fieldWords({ code, message }: Pick<FieldError, 'code' | 'message'>): string {
  if (speaksEnglish() || !known(`problem.field.${code}`)) return capital(message);
  return i18next.t(`problem.field.${code}`, { defaultValue: message });
}
