import { cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { PatientEnter } from './PatientEnter';

afterEach(cleanup);

function field() {
  const onEnter = vi.fn();
  const onLeave = vi.fn<(isStill: () => boolean) => void>();
  const shown = (isSearching: boolean) => (
    <PatientEnter isSearching={isSearching} onLeave={onLeave}>
      <input aria-label="who" onKeyDown={({ nativeEvent }) => nativeEvent.code === 'Enter' && onEnter()} />
    </PatientEnter>
  );
  const { getByLabelText, rerender } = render(shown(true));
  const press = (key: string) => fireEvent.keyDown(getByLabelText('who'), { key, code: key });
  const leave = () => fireEvent.blur(getByLabelText('who'));
  const comeBack = () => fireEvent.focus(getByLabelText('who'));
  return { press, leave, comeBack, onEnter, onLeave, answer: () => rerender(shown(false)) };
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

it('an Enter that waits outlives the focus, until someone comes back to the field', () => {
  const { press, leave, comeBack, onEnter, onLeave, answer } = field();
  press('Enter');
  press('Tab');
  leave();
  answer();
  expect(onEnter).not.toHaveBeenCalled();
  expect(onLeave).toHaveBeenCalledTimes(1);
  const isStill = onLeave.mock.lastCall?.[0];
  expect(isStill?.()).toBe(true);
  comeBack();
  expect(isStill?.()).toBe(false);
});

it('who leaves without Enter chooses nobody', () => {
  const { press, leave, onLeave } = field();
  press('a');
  leave();
  press('Enter');
  press('Escape');
  leave();
  expect(onLeave).not.toHaveBeenCalled();
});
