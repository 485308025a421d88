import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openLiveStream } from '@/api';
import { setLive } from '@/lib/live-state';
import { shareStream } from '@/lib/shared-stream';
import { catchUp, News, refreshAll } from '../news';

/** What comes within this time is asked for at once. */
const GATHER_MS = 250;

/** Keeps what is on screen up to date as long as someone is signed in. */
export function useLiveUpdates(): void {
  const client = useQueryClient();
  useEffect(() => {
    let news = new News();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = shareStream({
      open: openLiveStream,
      onMessage: (message) => {
        news.add(message);
        timer ??= setTimeout(() => {
          timer = undefined;
          const heard = news;
          news = new News();
          void heard.apply(client);
        }, GATHER_MS);
      },
      onLive: (isLive) => {
        setLive(isLive);
        // Without a stream the queries ask by themselves from here on.
        void (isLive ? catchUp(client) : refreshAll(client));
      },
    });
    return () => {
      stop();
      clearTimeout(timer);
      setLive(false);
    };
  }, [client]);
}
