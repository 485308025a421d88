import { Button, Group, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { createView, deleteView, updateView, type ViewView } from '@/api';
import { useTeamChoices } from '@/features/people/public';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useSeen } from '@/ui/form/use-seen';
import { useViewChange, useViewName } from '../../hooks/use-views';
import { filtersOf, layoutOf, lookOf, PRESETS, type QueueSearch, searchOfView } from '../../schemas';
import type { ViewTask } from './ViewMenu';

interface ViewDialogProps {
  task: ViewTask;
  search: QueueSearch;
  view: ViewView | undefined;
  onClose: () => void;
}

const SCOPES = ['mine', 'team', 'organization'] as const;
type Scope = (typeof SCOPES)[number];

function scopeOf(text: string | undefined): Scope {
  return SCOPES.find((scope) => scope === text) ?? 'mine';
}

/** Saves the list as a view, renames and shares one, or deletes it. */
export function ViewDialog({ task, search, view, onClose }: ViewDialogProps) {
  const { t } = useTranslation('tickets');
  return (
    <Modal opened onClose={onClose} title={t(`view.title.${task}`)} transitionProps={{ duration: 0 }}>
      {task === 'delete' && view ? (
        <DeleteForm view={view} onClose={onClose} />
      ) : (
        <ViewForm search={search} view={task === 'change' ? view : undefined} onClose={onClose} />
      )}
    </Modal>
  );
}

function ViewForm({ search, view, onClose }: Omit<ViewDialogProps, 'task'>) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const teams = useTeamChoices();
  const create = useViewChange(createView<true>);
  const change = useViewChange(updateView<true>);
  const version = useSeen(view?.version ?? 0);
  const { form, formProps, problem, isSubmitting } = useAppForm<{
    name: string;
    scope: string;
    team_id: string | null;
  }>({
    initialValues: { name: view?.name ?? '', scope: scopeOf(view?.scope), team_id: view?.team?.id ?? null },
    validate: {
      name: required(t('view.nameMissing')),
      team_id: (value, values) => (values.scope === 'team' && !value ? t('view.teamMissing') : null),
    },
    onSubmit: async (values) => {
      const scope = scopeOf(values.scope);
      const named = {
        name: values.name.trim(),
        scope,
        team_id: scope === 'team' ? (values.team_id ?? undefined) : undefined,
      };
      if (view) {
        await change.mutateAsync({
          path: { id: view.id },
          body: named,
          headers: { 'If-Match': `"${version}"` },
        });
      } else {
        const { sort, ...look } = lookOf(search);
        const body = { ...named, filters: filtersOf(search), ...look, sort: sort ?? undefined };
        const { data } = await create.mutateAsync({ body });
        await navigate({
          to: '/agent/tickets',
          search: { ...searchOfView(data, layoutOf(search)), peek: search.peek },
        });
      }
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <TextInput label={t('view.name')} required maxLength={100} data-autofocus {...form.getInputProps('name')} />
        <Radio.Group label={t('view.who')} {...form.getInputProps('scope')}>
          <Stack gap="xs" mt="xs">
            {SCOPES.map((scope) => (
              <Radio key={scope} value={scope} label={t(`view.scope.${scope}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {form.values.scope === 'team' && (
          <Select label={t('field.team')} searchable data={teams} {...form.getInputProps('team_id')} />
        )}
      </Stack>
      <FormButtons submit={t('view.submit')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}

function DeleteForm({ view, onClose }: { view: ViewView; onClose: () => void }) {
  const { t } = useTranslation(['tickets', 'common']);
  const navigate = useNavigate();
  const nameOf = useViewName();
  const remove = useViewChange(deleteView<true>);
  return (
    <>
      <Text size="sm">{t('view.deleteHelp', { name: nameOf(view) })}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('common:form.cancel')}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={async () => {
            await remove.mutateAsync({ path: { id: view.id } });
            await navigate({ to: '/agent/tickets', search: PRESETS.everything });
            onClose();
          }}
        >
          {t('view.delete')}
        </Button>
      </Group>
    </>
  );
}
