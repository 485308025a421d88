import { describe, expect, it } from 'vitest';
import { matchShortcut, shortcutKeys, strokeName } from './shortcuts';

const stroke = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('strokeName', () => {
  it('writes a letter in lower case and names its modifiers', () => {
    expect(strokeName(stroke('a'))).toBe('a');
    expect(strokeName(stroke('X', { shiftKey: true }))).toBe('shift+x');
    expect(strokeName(stroke('k', { ctrlKey: true }))).toBe('mod+k');
    expect(strokeName(stroke('k', { metaKey: true }))).toBe('mod+k');
  });

  it('does not ask for Shift where the layout needs it to write the character', () => {
    expect(strokeName(stroke('?', { shiftKey: true }))).toBe('?');
  });
});

describe('matchShortcut', () => {
  it('knows a finished, a begun and a different sequence', () => {
    expect(matchShortcut('g t', ['g', 't'])).toBe('full');
    expect(matchShortcut('g t', ['g'])).toBe('partial');
    expect(matchShortcut('g t', ['t'])).toBe('none');
    expect(matchShortcut('g', ['g', 't'])).toBe('none');
  });
});

describe('shortcutKeys', () => {
  it('splits sequences and chords into keys', () => {
    expect(shortcutKeys('mod+k')).toEqual([['Ctrl', 'K']]);
    expect(shortcutKeys('g t')).toEqual([['G'], ['T']]);
    expect(shortcutKeys('mod+k', true)).toEqual([['⌘', 'K']]);
  });
});
