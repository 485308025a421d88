import { Avatar, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePresence } from '../hooks/use-presence';

/** Who else looks at the ticket now, and who types. */
export function PresenceMark({ number }: { number: string }) {
  const { t } = useTranslation('tickets');
  const others = usePresence(number);
  const words = others.map(({ user, activity }) =>
    activity === 'typing' ? t('presence.typing', { who: user.name }) : t('presence.viewing', { who: user.name }),
  );
  return (
    <Group gap={6} wrap="nowrap" role="status" className="no-print" miw={0}>
      {others.slice(0, 3).map(({ user }) => (
        <Avatar key={user.id} size={22} name={user.name} color="grape" aria-hidden />
      ))}
      {words.length > 0 && (
        <Text size="xs" c="dimmed" truncate>
          {words.join(', ')}
        </Text>
      )}
    </Group>
  );
}
