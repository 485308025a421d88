import type { TicketView } from '@/api';
import type { RelationTask } from '../../hooks/use-relation-actions';
import { Children } from './Children';
import { Files } from './Files';
import { Links } from './Links';
import classes from './related.module.css';
import { Similar } from './Similar';
import { Tasks } from './Tasks';
import { Watchers } from './Watchers';

interface RelatedProps {
  ticket: TicketView;
  onTask: (task: RelationTask) => void;
}

/** What hangs on a ticket. */
export function Related({ ticket, onTask }: RelatedProps) {
  return (
    <div className={classes.related}>
      <Tasks ticket={ticket} onAdd={() => onTask({ kind: 'task' })} />
      <Children ticket={ticket} />
      <Links ticket={ticket} onAdd={() => onTask({ kind: 'link' })} />
      <Similar ticket={ticket} />
      <Files ticket={ticket} />
      <Watchers ticket={ticket} onAdd={() => onTask({ kind: 'watcher' })} />
    </div>
  );
}
