import { cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { PatientEnter } from './PatientEnter';

afterEach(cleanup);

function field() {
  const onEnter = vi.fn();
  const shown = (isSearching: boolean) => (
    <PatientEnter isSearching={isSearching}>
      <input aria-label="who" onKeyDown={({ nativeEvent }) => nativeEvent.code === 'Enter' && onEnter()} />
    </PatientEnter>
  );
  const { getByLabelText, rerender } = render(shown(true));
  const press = (key: string) => fireEvent.keyDown(getByLabelText('who'), { key, code: key });
  return { press, onEnter, answer: () => rerender(shown(false)) };
}

it('Enter waits for the answer to what is typed, and comes once', () => {
  const { press, onEnter, answer } = field();
  press('Enter');
  expect(onEnter).not.toHaveBeenCalled();
  answer();
  expect(onEnter).toHaveBeenCalledTimes(1);
  press('Enter');
  expect(onEnter).toHaveBeenCalledTimes(2);
});

it('a choice that the arrows went to is taken at once', () => {
  const { press, onEnter } = field();
  press('ArrowDown');
  press('Enter');
  expect(onEnter).toHaveBeenCalledTimes(1);
});

it('who goes on typing takes the Enter back', () => {
  const { press, onEnter, answer } = field();
  press('Enter');
  press('a');
  answer();
  expect(onEnter).not.toHaveBeenCalled();
});
