import { Badge, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  addExampleOrganization,
  type ExampleMade,
  getExampleOrganizationOptions,
  operation,
  removeExampleOrganization,
} from '@/api';
import { useRoleName } from '@/features/people/public';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { CopyButton } from '@/ui/form/CopyButton';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import classes from './operations.module.css';

/** How often is asked whether the story is written, in milliseconds. */
const LOOK = 2000;

/** The example organization: to add, to look around in, and to remove whole; for operators. */
export function ExampleOrganization() {
  const { t } = useTranslation('example');
  const client = useQueryClient();
  const [made, setMade] = useState<ExampleMade | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const [isRemoving, setIsRemoving] = useState(false);
  const answer = useQuery({
    ...getExampleOrganizationOptions(),
    refetchInterval: ({ state }) => (state.data?.is_being_filled ? LOOK : false),
  });
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: operation('getExampleOrganization') }),
      client.invalidateQueries({ queryKey: operation('listOrganizations') }),
    ]);
  const add = async () => {
    setIsAdding(true);
    try {
      setMade((await addExampleOrganization()).data);
    } catch (error) {
      notifyProblem(error);
    } finally {
      await refresh();
      setIsAdding(false);
    }
  };
  if (answer.isPending) return <SkeletonRows rows={2} />;
  if (answer.isError && !answer.data) {
    return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  }
  const { organization, is_being_filled: isBeingFilled } = answer.data;
  if (!organization) {
    return (
      <Button size="sm" variant="default" loading={isAdding} onClick={() => void add()}>
        {t('add')}
      </Button>
    );
  }
  return (
    <div>
      <Group justify="space-between" gap="sm">
        <Group gap={8} role="status">
          <Text fw={550}>{organization.name}</Text>
          <Badge color={isBeingFilled ? 'orange' : 'teal'}>{isBeingFilled ? t('filling') : t('ready')}</Badge>
        </Group>
        <Button size="compact-sm" variant="default" onClick={() => setIsRemoving(true)}>
          {t('remove')}
        </Button>
      </Group>
      {made ? <SignIns made={made} /> : <Text size="sm">{t('later')}</Text>}
      <ConfirmDialog
        isOpen={isRemoving}
        title={t('removeTitle')}
        confirm={t('removeConfirm')}
        isDangerous
        onConfirm={async () => {
          await removeExampleOrganization();
          setMade(null);
          await refresh();
          notifications.show({ message: t('removed'), color: 'teal' });
        }}
        onClose={() => setIsRemoving(false)}
      >
        {t('removeHelp')}
      </ConfirmDialog>
    </div>
  );
}

/** Who can sign in, and the password, which is told only now. */
function SignIns({ made }: { made: ExampleMade }) {
  const { t } = useTranslation('example');
  const roleName = useRoleName();
  return (
    <>
      <Text size="sm" mt="xs">
        {t('signIns')}
      </Text>
      <dl className={classes.secret}>
        <dt>{t('password')}</dt>
        <dd data-example-password>{made.password}</dd>
      </dl>
      <dl className={`${classes.secret} ${classes.people}`}>
        {made.sign_ins.map((person) => (
          <div key={person.email}>
            <dt>
              {person.name}, {roleName(person.role)}
            </dt>
            <dd>{person.email}</dd>
          </div>
        ))}
      </dl>
      <CopyButton text={made.password} label={t('copy')} copied={t('copied')} />
    </>
  );
}
