import { expect, it } from 'vitest';
import { pseudoCatalogue } from './pseudo';

it('brackets every text and leaves placeholders alone', () => {
  expect(pseudoCatalogue({ a: { b: 'Open {{number}}' }, c: 'No' })).toEqual({
    a: { b: '[Ópéñ {{number}}·····]' },
    c: '[Nó·]',
  });
});
