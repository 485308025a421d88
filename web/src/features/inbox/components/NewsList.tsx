import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { listNotificationsOptions } from '@/api';
import { useRead } from '../hooks/use-inbox';
import { pageOf } from '../model';
import { InboxRow } from './InboxRow';
import classes from './inbox.module.css';

const MOST = 5;
const ASK_AGAIN_MS = 20_000;

/** The newest notifications that were not read, in the frame of another page; nothing when there are none. */
export function NewsList({ frame }: { frame: (rows: ReactNode) => ReactNode }) {
  const navigate = useNavigate();
  const { readOne } = useRead();
  const query = useQuery({
    ...listNotificationsOptions({ query: { unread: true, per_page: MOST } }),
    refetchInterval: ASK_AGAIN_MS,
  });
  const rows = query.data?.data ?? [];
  if (rows.length === 0) return null;
  return frame(
    <ul className={classes.list}>
      {rows.map((row) => (
        <InboxRow
          key={row.id}
          row={row}
          isTabStop
          onFocus={() => undefined}
          onRead={readOne}
          onOpen={() => {
            readOne(row.id);
            void navigate(pageOf(row));
          }}
        />
      ))}
    </ul>,
  );
}
