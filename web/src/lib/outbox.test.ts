import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toApiError } from './api-error';
import { Outbox, watchOutbox } from './outbox';

const OFFLINE = toApiError(null, 0);
const REFUSED = toApiError({ code: 'CONFLICT', title: 'Closed meanwhile' }, 409);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the outbox', () => {
  it('sends by itself as soon as there is a connection, and only once', async () => {
    const box = new Outbox();
    const send = vi.fn().mockRejectedValueOnce(OFFLINE).mockResolvedValue('ok');
    box.put('a', send);
    expect(box.waits('a')).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(box.waits('a')).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(box.waits('a')).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('does not send twice at the same time', async () => {
    const box = new Outbox();
    let arrive: (value: unknown) => void = () => undefined;
    const send = vi.fn(() => new Promise((resolve) => (arrive = resolve)));
    box.put('a', send);
    const first = box.try('a');
    expect(await box.try('a')).toEqual({ kind: 'waits' });
    arrive('ok');
    expect(await first).toEqual({ kind: 'sent' });
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('gives up what the server refuses, and tells why', async () => {
    const box = new Outbox();
    const heard = vi.fn();
    box.listen(heard);
    box.put('a', () => Promise.reject(REFUSED));
    await box.try('a');
    expect(heard).toHaveBeenLastCalledWith('a', { kind: 'refused', error: REFUSED });
    expect(box.size).toBe(0);
  });

  it('never sends what was taken out', async () => {
    const box = new Outbox();
    const send = vi.fn().mockResolvedValue('ok');
    box.put('a', send);
    box.takeOut('a');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).not.toHaveBeenCalled();
  });

  it('tries when the network is back, and asks before the page closes over what waits', async () => {
    const box = new Outbox();
    const stop = watchOutbox(box, window);
    const send = vi.fn().mockResolvedValue('ok');
    box.put('a', send);
    const leave = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(leave);
    expect(leave.defaultPrevented).toBe(true);
    window.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(send).toHaveBeenCalledTimes(1);
    const calm = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(calm);
    expect(calm.defaultPrevented).toBe(false);
    stop();
  });
});
