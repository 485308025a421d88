import { Button, Card, Container, Group, Modal, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listTeamsOptions, type TeamView } from '@/api';
import { IconAssign, IconPlus, IconTeam } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { MemberForm } from './MemberForm';
import { TeamForm } from './TeamForm';

/** The teams, who belongs to them, and new ones. */
export function TeamsPage() {
  const { t } = useTranslation('people');
  const [isAdding, setIsAdding] = useState(false);
  const [joined, setJoined] = useState<TeamView | null>(null);
  const query = useQuery(listTeamsOptions());
  const teams = query.data?.data ?? [];
  return (
    <Container size="lg" py="lg">
      <Group justify="space-between" mb="md">
        <PageTitle>{t('teams.title')}</PageTitle>
        <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setIsAdding(true)}>
          {t('teams.add')}
        </Button>
      </Group>
      {query.isPending && <SkeletonRows />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && teams.length === 0 && (
        <PageState icon={IconTeam} title={t('teams.empty')} description={t('teams.emptyHelp')} />
      )}
      <SimpleGrid component="ul" cols={{ base: 1, xs: 2, lg: 3 }} m={0} p={0} style={{ listStyle: 'none' }}>
        {teams.map((team) => (
          <Card key={team.id} component="li" withBorder radius="md" padding="md" bg="var(--steward-surface)">
            <Title order={2} fz={15}>
              {team.name}
            </Title>
            <Text size="sm" c="dimmed" mt={2} flex={1}>
              {team.description}
            </Text>
            <Group justify="space-between" mt="md">
              <Text size="sm">
                {t('teams.members')}: {team.member_count}
              </Text>
              <Button
                variant="default"
                leftSection={<IconAssign aria-hidden size={15} />}
                aria-label={t('teams.addMemberTo', { team: team.name })}
                onClick={() => setJoined(team)}
              >
                {t('teams.addMember')}
              </Button>
            </Group>
          </Card>
        ))}
      </SimpleGrid>
      <Modal opened={isAdding} onClose={() => setIsAdding(false)} title={t('teams.add')}>
        <TeamForm onClose={() => setIsAdding(false)} />
      </Modal>
      <Modal
        opened={joined !== null}
        onClose={() => setJoined(null)}
        title={t('teams.addMemberTo', { team: joined?.name ?? '' })}
      >
        {joined && <MemberForm team={joined} onClose={() => setJoined(null)} />}
      </Modal>
    </Container>
  );
}
