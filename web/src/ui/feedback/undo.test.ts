import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rememberUndo, takeUndo, UNDO_MS } from './undo';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('gives the last way back once, and none when its time is over', async () => {
  const first = async () => 1;
  const second = async () => 2;
  rememberUndo(first);
  rememberUndo(second);
  expect(takeUndo()).toBe(second);
  expect(takeUndo()).toBeNull();
  rememberUndo(first);
  vi.advanceTimersByTime(UNDO_MS + 1);
  expect(takeUndo()).toBeNull();
});
