import { useTranslation } from 'react-i18next';
import { addWatcher, type Reference, type TicketView } from '@/api';
import { useRelatedChange } from '../../hooks/use-related';
import { PersonEditor } from '../facts/PersonEditor';

/** Somebody else who should be told what happens. */
export function WatcherForm({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation('tickets');
  const add = useRelatedChange((person: Reference) =>
    addWatcher({ path: { key: ticket.number }, body: { user_id: person.id } }),
  );
  return (
    <PersonEditor
      label={t('watchers.who')}
      value={null}
      onChoose={(person) => person && add.mutate(person, { onSuccess: onClose })}
    />
  );
}
