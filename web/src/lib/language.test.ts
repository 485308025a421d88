import { describe, expect, it } from 'vitest';
import { chosenLanguage, formatLocale, pickLanguage, rememberLanguage } from './language';

describe('pickLanguage', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [[null, 'fr-FR', 'de'], 'de'],
    [['EN-us'], 'en'],
    [['fr', 'it'], 'en'],
    [[], 'en'],
    [['constructor', '__proto__', ''], 'en'],
    [['en-XA', 'de'], 'en-XA'],
  ])('of %j is %s', (tags, language) => {
    expect(pickLanguage(tags)).toBe(language);
  });
});

describe('formatLocale', () => {
  it.each([
    ['de', ['de-AT'], 'de-AT'],
    ['de', ['en-US', 'de-CH'], 'de-CH'],
    ['en', ['de-AT'], 'en'],
    ['en', [null, 'en-GB'], 'en-GB'],
    ['en', ['en-not a tag', 'en-AU'], 'en-AU'],
    ['en-XA', ['en-XA', 'en-US'], 'en-US'],
  ])('of %s with %j is %s', (language, tags, locale) => {
    expect(formatLocale(language, tags)).toBe(locale);
  });
});

describe('the choice on a device', () => {
  it('is remembered, and a store that refuses does no harm', () => {
    localStorage.clear();
    rememberLanguage(localStorage, 'de');
    expect(chosenLanguage(localStorage)).toBe('de');
    rememberLanguage(localStorage, null);
    expect(chosenLanguage(localStorage)).toBeNull();
    const refuse = () => {
      throw new Error('no storage');
    };
    expect(chosenLanguage({ getItem: refuse })).toBeNull();
    expect(() => rememberLanguage({ setItem: refuse, removeItem: refuse }, 'de')).not.toThrow();
  });
});
