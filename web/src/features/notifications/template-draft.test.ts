import { describe, expect, it } from 'vitest';
import { draftOf, faultOf, inputOf, insertAt, isSame, longestOf, offsetOf, partsOf, written } from './template-draft';

describe('a template that is being written', () => {
  it('finds the place of a fault', () => {
    expect(offsetOf('ab\ncd', 1, 1)).toBe(0);
    expect(offsetOf('ab\ncd', 2, 2)).toBe(4);
    expect(offsetOf('äb\n😀x', 2, 2)).toBe(5);
    expect(offsetOf('ab', 9, 9)).toBe(2);
  });

  it('takes a value where the cursor is', () => {
    expect(insertAt('Hello !', 6, 6, written('actor'))).toEqual({ text: 'Hello {{ actor }}!', cursor: 17 });
    expect(insertAt('Hello you', 6, 9, 'x')).toEqual({ text: 'Hello x', cursor: 7 });
    expect(written('tickets')).toContain('endfor');
  });

  it('has the parts of what it is written for', () => {
    const mail = { subject: 'a', text: 'b', html: 'c' };
    expect(partsOf('email')).toEqual(['subject', 'text', 'html']);
    expect(partsOf('sms')).toEqual(['text']);
    expect(inputOf('email', mail)).toEqual(mail);
    expect(inputOf('slack', draftOf({ subject: null, text: 'b', html: null }))).toEqual({ text: 'b' });
    expect([longestOf('email', 'text'), longestOf('teams', 'text')]).toEqual([20_000, 2_000]);
  });

  it('knows its faults and whether it was changed', () => {
    const fault = { part: 'html', line: 1, column: 1, message: 'no' };
    expect(faultOf([fault], 'html')).toBe(fault);
    expect(faultOf([fault], 'text')).toBeUndefined();
    const draft = { subject: 'a', text: 'b', html: 'c' };
    expect(isSame(draft, { ...draft })).toBe(true);
    expect(isSame(draft, { ...draft, html: '' })).toBe(false);
  });
});
