import { ActionIcon, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addWatcher, removeWatcher, type TicketView } from '@/api';
import { useMe } from '@/features/session/public';
import { IconClose, IconEye, IconUnwatch } from '@/ui/icons';
import { useRelatedChange, useWatchers } from '../../hooks/use-related';
import { showWatchers } from '../../watchers';
import { RelatedSection } from './RelatedSection';
import classes from './related.module.css';

/** Who is told what happens to a ticket. */
export function Watchers({ ticket, onAdd }: { ticket: TicketView; onAdd: () => void }) {
  const { t } = useTranslation('tickets');
  const me = useMe();
  const { data } = useWatchers(ticket.number);
  const watch = useRelatedChange(
    () => addWatcher({ path: { key: ticket.number }, body: {} }),
    (client) => showWatchers(client, ticket.number, me.id, (all) => [...all, { id: me.id, name: me.name }]),
  );
  const unwatch = useRelatedChange(
    (id: string) => removeWatcher({ path: { key: ticket.number, user_id: id } }),
    (client, id) => showWatchers(client, ticket.number, me.id, (all) => all.filter((person) => person.id !== id)),
  );
  const people = data?.data ?? [];
  return (
    <RelatedSection
      title={t('watchers.title')}
      count={people.length}
      addLabel={t('watchers.add')}
      onAdd={onAdd}
      empty={t('watchers.empty')}
      footer={
        data && (
          <WatchButton
            isOn={data.is_watching}
            onClick={() => (data.is_watching ? unwatch.mutate(me.id) : watch.mutate(undefined))}
          />
        )
      }
    >
      <ul className={classes.list}>
        {people.map((person) => (
          <li key={person.id} className={classes.item}>
            <span className={classes.grow}>{person.name}</span>
            <ActionIcon
              size={24}
              className="no-print"
              aria-label={t('watchers.remove', { name: person.name })}
              onClick={() => unwatch.mutate(person.id)}
            >
              <IconClose aria-hidden size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </RelatedSection>
  );
}

function WatchButton({ isOn, onClick }: { isOn: boolean; onClick: () => void }) {
  const { t } = useTranslation('tickets');
  return (
    <Button
      variant="subtle"
      className="no-print"
      leftSection={isOn ? <IconUnwatch aria-hidden size={15} /> : <IconEye aria-hidden size={15} />}
      onClick={onClick}
    >
      {isOn ? t('watchers.stop') : t('watchers.start')}
    </Button>
  );
}
