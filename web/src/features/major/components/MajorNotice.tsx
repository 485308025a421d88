import { Alert, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listMajorIncidentsOptions } from '@/api';
import { askAgain } from '@/lib/live-state';
import { IconMajor } from '@/ui/icons';
import { Cadence } from './Cadence';
import classes from './major.module.css';

/** The major incidents of now, for pages on which they must not be missed. */
export function MajorNotice() {
  const { data } = useQuery({
    ...listMajorIncidentsOptions({ query: { state: 'active', per_page: 5 } }),
    refetchInterval: askAgain(30_000),
  });
  const rows = data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Alert color="red" icon={<IconMajor aria-hidden size={18} />} p="sm">
      <Stack gap="xs">
        {rows.map((row) => (
          <div key={row.id} className={classes.notice}>
            <Link to="/agent/incidents/$key/war-room" params={{ key: row.number }} className={classes.headline}>
              {row.headline}
            </Link>
            {row.next_update_due_at && <Cadence dueAt={row.next_update_due_at} />}
          </div>
        ))}
      </Stack>
    </Alert>
  );
}
