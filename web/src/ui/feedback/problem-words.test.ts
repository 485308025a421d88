import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { toApiError } from '@/lib/api-error';
import de from '../../../locales/de/common.json';
import en from '../../../locales/en/common.json';
import { fieldWords, outcomeWords, problemWords, refusalWords } from './problem-words';

const locked = toApiError({ code: 'ACCOUNT_LOCKED', title: 'The account is locked', detail: 'until noon' }, 401);

beforeAll(() =>
  i18next.init({
    lng: 'de',
    fallbackLng: 'en',
    defaultNS: 'common',
    resources: { de: { common: de }, en: { common: en } },
  }),
);

describe('words of a problem', () => {
  it('are the server’s in English, and go by its code in another language', async () => {
    expect(problemWords(locked).title).toBe('Das Konto ist gesperrt');
    expect(fieldWords({ code: 'required', message: 'name it' })).toBe('Füllen Sie das aus');
    await i18next.changeLanguage('en');
    expect(problemWords(locked)).toEqual({ title: 'The account is locked', message: 'Until noon.' });
    expect(fieldWords({ code: 'required', message: 'name it' })).toBe('Name it');
    await i18next.changeLanguage('de');
  });

  it('are the server’s where a code is not known', () => {
    const odd = toApiError({ code: 'ODD', title: 'Odd', detail: 'very' }, 418);
    expect(problemWords(odd)).toEqual({ title: 'Odd', message: 'Very.' });
    expect(fieldWords({ code: 'odd', message: 'very odd' })).toBe('Very odd');
  });

  it('tell why an action is refused', async () => {
    const lacking = { reason: 'ask', reason_code: 'insufficient_permissions', permission: 'ticket:close' };
    expect(refusalWords(lacking)).toBe(
      'Dafür fehlt Ihnen das Recht ticket:close. Eine Administratorin oder ein Administrator kann es geben.',
    );
    expect(refusalWords({ reason: 'odd', reason_code: 'odd' })).toBe('Odd.');
    expect(refusalWords(undefined)).toBeNull();
    await i18next.changeLanguage('en');
    expect(refusalWords(lacking)).toBe('Ask.');
    await i18next.changeLanguage('de');
  });

  it('tell which statuses would allow it, by the verb', async () => {
    const told = { verb: 'hold', reason: 'it is new', reason_code: 'wrong_status' };
    const words = 'Warten lassen kann man nur ein Ticket, das zugewiesen oder in Arbeit ist.';
    expect(refusalWords(told)).toBe(words);
    const problem = toApiError(
      {
        code: 'INVALID_STATUS_TRANSITION',
        title: 'Not possible in this status',
        detail: 'it is new',
        reason_code: 'wrong_status',
        reason_params: { verb: 'hold', status: 'new' },
      },
      409,
    );
    expect(problemWords(problem).message).toBe(words);
    expect(refusalWords({ ...told, verb: 'jump' })).toBe('Der Status des Tickets lässt das nicht zu.');
    await i18next.changeLanguage('en');
    expect(problemWords(problem).message).toBe('It is new.');
    await i18next.changeLanguage('de');
  });

  it('tell why one of many records was left as it was', async () => {
    const name = (field: string) => (field === 'assignee_id' ? 'Zuständig' : field);
    const wrong = { reason: 'assignee_id: nobody', code: 'RESOURCE_NOT_FOUND', reason_code: 'unknown_value' };
    expect(outcomeWords({ ...wrong, reason_params: { field: 'assignee_id' } }, name)).toBe(
      `Zuständig: ${de.problem.field.unknown_value}`,
    );
    expect(outcomeWords({ reason: 'ticket INC-9 was not found', code: 'RESOURCE_NOT_FOUND' }, name)).toBe(
      de.problem.RESOURCE_NOT_FOUND.title,
    );
    const params = { verb: 'start', status: 'closed' };
    expect(outcomeWords({ reason: 'closed', reason_code: 'closed', reason_params: params }, name)).toBe(
      de.refusal.closed,
    );
    expect(outcomeWords({ reason: 'odd', code: 'ODD' }, name)).toBe('Odd.');
    await i18next.changeLanguage('en');
    expect(outcomeWords(wrong, name)).toBe('assignee_id: nobody.');
    await i18next.changeLanguage('de');
  });

  it('say so when the server cannot be reached', () => {
    expect(problemWords(toApiError(null, 0)).title).toBe('Keine Verbindung');
  });
});
