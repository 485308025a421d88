import { expect, it } from 'vitest';
import { columnsToShow, USUAL_COLUMNS } from './queue-columns';

it('shows what the address says, then what the person likes, then the usual', () => {
  expect(columnsToShow(['status', 'title'], ['number'])).toEqual(['status', 'title']);
  expect(columnsToShow(undefined, ['number'])).toEqual(['title', 'number']);
  expect(columnsToShow(['nonsense'], [])).toBe(USUAL_COLUMNS);
});
