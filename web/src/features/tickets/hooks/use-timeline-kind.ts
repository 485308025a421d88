import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { TimelineKind } from '../model';

/** What of a timeline is shown; kept in the address, so that a link shows the same. */
export function useTimelineKind(): [TimelineKind, (kind: TimelineKind) => void] {
  const { timeline } = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (kind: TimelineKind) => {
      const chosen = kind === 'all' ? undefined : kind;
      void navigate({ to: '.', search: (before) => ({ ...before, timeline: chosen }), replace: true });
    },
    [navigate],
  );
  return [timeline ?? 'all', change];
}
