import { describe, expect, it } from 'vitest';
import { sentence } from './sentence';

describe('sentence', () => {
  it.each([
    ['it is new, and only an assigned ticket can be held', 'It is new, and only an assigned ticket can be held.'],
    ['Ask an administrator.', 'Ask an administrator.'],
    ['is that so?', 'Is that so?'],
    ['e-mail is switched off', 'E-mail is switched off.'],
    ['custom_fields.floor is required', 'custom_fields.floor is required.'],
    ['sla:broken is no filter', 'sla:broken is no filter.'],
    ['INC-000001 is closed (see the log).', 'INC-000001 is closed (see the log).'],
    ['“lost” is no status', '“lost” is no status.'],
    ['  ', ''],
  ])('%s', (text, expected) => {
    expect(sentence(text)).toBe(expected);
  });
});
