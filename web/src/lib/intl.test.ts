import { expect, test } from 'vitest';
import { dateFormat, numberFormat, relativeTimeFormat } from './intl';

test('a formatter is made once for a locale and its options', () => {
  const percent = numberFormat('en', { style: 'percent' });
  expect(numberFormat('en', { style: 'percent' })).toBe(percent);
  expect(numberFormat('de', { style: 'percent' })).not.toBe(percent);
  expect(numberFormat('en', { style: 'unit', unit: 'hour' })).not.toBe(percent);
  expect(percent.format(0.5)).toBe('50%');
});

test('zones and locales are kept apart', () => {
  const at = Date.parse('2026-11-28T12:00:00Z');
  const inZone = (timeZone: string) => dateFormat('en', { timeStyle: 'short', timeZone }).format(at);
  expect(inZone('Asia/Tokyo')).not.toBe(inZone('UTC'));
  expect(relativeTimeFormat('de', { numeric: 'auto' }).format(-1, 'day')).toBe('gestern');
});
