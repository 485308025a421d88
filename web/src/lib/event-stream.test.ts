import { describe, expect, it, vi } from 'vitest';
import { followStream, type StreamMessage, StreamReader, waitBefore } from './event-stream';

describe('a stream', () => {
  it('is cut into messages wherever its parts end', () => {
    const text = 'retry: 3000\n\nevent: ticket\ndata: {"a":1}\n\n: beat\nid: 5.x\n\nevent: ready\ndata: {}\n\n';
    for (let cut = 0; cut <= text.length; cut++) {
      const reader = new StreamReader();
      const messages = [...reader.read(text.slice(0, cut)), ...reader.read(text.slice(cut))];
      expect(messages).toEqual([
        { name: 'ticket', data: '{"a":1}' },
        { name: 'ready', data: '{}' },
      ]);
      expect(reader.lastId).toBe('5.x');
    }
  });

  it('is opened again after the last mark, and not when the sign-in is over', async () => {
    const asked: (string | null)[] = [];
    const answers = [
      new Response('event: ready\ndata: {}\n\nid: 7.a\n\n'),
      new Response(null, { status: 503 }),
      new Response('event: ticket\ndata: {}\n\n'),
      new Response(null, { status: 401 }),
    ];
    vi.useFakeTimers();
    const messages: StreamMessage[] = [];
    const live: boolean[] = [];
    const followed = followStream({
      open: async (lastId) => {
        asked.push(lastId);
        return answers.shift() ?? new Response(null, { status: 401 });
      },
      lastId: null,
      onMessage: (message) => messages.push(message),
      onLive: (isLive) => live.push(isLive),
      signal: new AbortController().signal,
    });
    await vi.advanceTimersByTimeAsync(60_000);
    await followed;
    vi.useRealTimers();
    expect(asked).toEqual([null, '7.a', '7.a', '7.a']);
    expect(messages.map(({ name }) => name)).toEqual(['ready', 'ticket']);
    expect(live).toEqual([true, false, false, false, false]);
  });

  it('is tried again later and later, up to half a minute', () => {
    expect([0, 1, 2, 3, 9].map((failures) => waitBefore(failures, 1))).toEqual([1000, 2000, 4000, 8000, 30_000]);
    expect(waitBefore(9, 0)).toBe(15_000);
  });
});
