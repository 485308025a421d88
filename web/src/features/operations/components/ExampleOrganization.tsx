import { Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useExample } from '../hooks/use-example';
import { ExampleSignIns } from './ExampleSignIns';
import { RemoveExample } from './RemoveExample';

/** The example organization: to add, to look around in, and to remove whole; for operators. */
export function ExampleOrganization() {
  const { t } = useTranslation('example');
  const { answer, made, isAdding, add, remove } = useExample();
  if (answer.isPending) return <SkeletonRows rows={2} />;
  if (answer.isError && !answer.data) {
    return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  }
  const { organization, is_being_filled: isBeingFilled } = answer.data;
  if (!organization) {
    return (
      <Button size="sm" variant="default" loading={isAdding} onClick={add}>
        {t('add')}
      </Button>
    );
  }
  return (
    <>
      <Group justify="space-between" gap="sm">
        <Group gap={8} role="status">
          <Text fw={550}>{organization.name}</Text>
          <Badge color={isBeingFilled ? 'orange' : 'teal'}>{isBeingFilled ? t('filling') : t('ready')}</Badge>
        </Group>
        <RemoveExample size="compact-sm" remove={remove} />
      </Group>
      {made ? <ExampleSignIns made={made} /> : <Text size="sm">{t('later')}</Text>}
    </>
  );
}
