import { Anchor, Badge, List, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type PersonPreview, previewRole, type RoleView } from '@/api';
import { isSame } from '@/lib/three-way';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { useGrantWords } from '../hooks/use-grant-words';
import classes from './roles.module.css';

interface EffectPanelProps {
  role: RoleView;
  /** The rights as they stand in the form. */
  permissions: string[];
}

const SHOWN = 50;

/** What the role allows now; while it is being changed, who would gain or lose what. */
export function EffectPanel({ role, permissions }: EffectPanelProps) {
  const { t } = useTranslation('roles');
  const isChanged = !isSame(permissions.toSorted(), role.permissions.toSorted());
  return (
    <div className={classes.effect} role="region" aria-label={isChanged ? t('effect.title') : t('now.title')}>
      {isChanged ? <Effect role={role} permissions={permissions} /> : <Now role={role} />}
    </div>
  );
}

function Now({ role }: { role: RoleView }) {
  const { t } = useTranslation('roles');
  const { grantWord } = useGrantWords();
  return (
    <Panel title={t('now.title')}>
      <Anchor size="sm" renderRoot={(props) => <Link to="/admin/users" search={{ role: [role.name] }} {...props} />}>
        {t('holders', { count: role.member_count })}
      </Anchor>
      <List size="sm" mt="sm" spacing={4}>
        {role.permissions.map((grant) => (
          <List.Item key={grant}>{grantWord(grant)}</List.Item>
        ))}
      </List>
    </Panel>
  );
}

function Effect({ role, permissions }: EffectPanelProps) {
  const { t } = useTranslation('roles');
  const { grantWord } = useGrantWords();
  const [wanted] = useDebouncedValue(permissions, 250);
  const query = useQuery({
    queryKey: ['previewRole', role.id, role.version, wanted],
    queryFn: async () => (await previewRole({ path: { id: role.id }, body: { permissions: wanted } })).data,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const effect = query.data;
  return (
    <Panel title={t('effect.title')} lead={t('effect.lead')}>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      <Stack gap="md" aria-live="polite" aria-busy={query.isFetching}>
        {effect && !query.isError && (
          <>
            <Text size="sm" fw={600}>
              {effect.people.length === 0 ? t('effect.nobody') : t('effect.people', { count: effect.people.length })}
            </Text>
            <Grants title={t('effect.gains')} sign="+" grants={effect.gained} word={grantWord} />
            <Grants title={t('effect.loses')} sign="−" grants={effect.lost} word={grantWord} />
            {!effect.is_complete && (
              <Text size="xs" c="dimmed">
                {t('effect.incomplete')}
              </Text>
            )}
            <ul className={classes.people}>
              {effect.people.slice(0, SHOWN).map((person) => (
                <Person key={person.user.id} person={person} word={grantWord} />
              ))}
            </ul>
            {effect.people.length > SHOWN && (
              <Text size="xs" c="dimmed">
                {t('effect.more', { count: effect.people.length - SHOWN })}
              </Text>
            )}
          </>
        )}
      </Stack>
    </Panel>
  );
}

interface GrantsProps {
  title: string;
  sign: string;
  grants: readonly string[];
  word: (grant: string) => string;
}

function Grants({ title, sign, grants, word }: GrantsProps) {
  if (grants.length === 0) return null;
  return (
    <div>
      <Text size="xs" c="dimmed" fw={600}>
        {title}
      </Text>
      <List size="sm" listStyleType="none">
        {grants.map((grant) => (
          <List.Item key={grant}>
            <b aria-hidden>{sign}</b> {word(grant)}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function Person({ person, word }: { person: PersonPreview; word: (grant: string) => string }) {
  const { t } = useTranslation('roles');
  return (
    <li>
      <Anchor
        size="sm"
        fw={550}
        renderRoot={(props) => <Link to="/admin/users/$id" params={{ id: person.user.id }} {...props} />}
      >
        {person.user.name}
      </Anchor>{' '}
      {person.gained.length > 0 && <Badge color="teal">{t('effect.plus', { count: person.gained.length })}</Badge>}{' '}
      {person.lost.length > 0 && <Badge color="red">{t('effect.minus', { count: person.lost.length })}</Badge>}
      <Text size="xs" c="dimmed">
        {[...person.gained.map((grant) => `+ ${word(grant)}`), ...person.lost.map((grant) => `− ${word(grant)}`)].join(
          '; ',
        )}
      </Text>
    </li>
  );
}
