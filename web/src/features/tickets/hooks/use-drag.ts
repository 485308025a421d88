import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { getTicketOptions, type TicketRowView } from '@/api';
import type { Place } from '../board';

function isRow(data: unknown): data is TicketRowView {
  return typeof data === 'object' && data !== null && 'number' in data && 'version' in data;
}

function isPlace(data: unknown): data is Place {
  return typeof data === 'object' && data !== null && 'value' in data;
}

/** The card that is dragged, with its ticket as soon as that is known: what it may become comes from there. */
export function useDrag(onDrop: (row: TicketRowView, place: Place) => void) {
  const [row, setRow] = useState<TicketRowView | null>(null);
  // Asked for until the next one is dragged: a card may be dropped before the answer is there.
  const [number, setNumber] = useState<string | null>(null);
  const dropped = useRef(onDrop);
  dropped.current = onDrop;
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => isRow(source.data.row),
        onDragStart: ({ source }) => {
          if (!isRow(source.data.row)) return;
          setRow(source.data.row);
          setNumber(source.data.row.number);
        },
        onDrop: ({ source, location }) => {
          setRow(null);
          const place = location.current.dropTargets[0]?.data.place;
          if (isRow(source.data.row) && isPlace(place)) dropped.current(source.data.row, place);
        },
      }),
    [],
  );
  const { data } = useQuery({ ...getTicketOptions({ path: { key: number ?? '' } }), enabled: number !== null });
  const ticket = row && data && data.version >= row.version ? data : undefined;
  return row && { row, ticket };
}
