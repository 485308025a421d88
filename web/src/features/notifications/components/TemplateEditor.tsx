import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotificationTemplate } from '@/api';
import { Refusable } from '@/ui/action/Refusable';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { Panel } from '@/ui/page/Panel';
import { UnsavedGuard } from '@/ui/record/UnsavedGuard';
import { Time } from '@/ui/time/Time';
import { useTemplateEdit, useTemplatePreview } from '../hooks/use-template-edit';
import { draftOf, faultOf, isSame, longestOf, partsOf } from '../template-draft';
import classes from './notifications.module.css';
import { PartEditor } from './PartEditor';
import { TemplatePreview } from './TemplatePreview';
import { TemplateVersions } from './TemplateVersions';

interface TemplateEditorProps {
  template: NotificationTemplate;
  /** Number of the ticket on which it is tried. */
  on?: string;
}

/** The sources on one side, what they make of a real ticket on the other. */
export function TemplateEditor({ template, on }: TemplateEditorProps) {
  const { t } = useTranslation(['notifications', 'common']);
  const [draft, setDraft] = useState(() => draftOf(template));
  const [isResetting, setIsResetting] = useState(false);
  const preview = useTemplatePreview(template, draft, on);
  const { keep, reset, isBusy } = useTemplateEdit(template);
  const isDirty = !isSame(draft, draftOf(template));
  const faults = preview.data?.faults ?? [];
  return (
    <>
      <UnsavedGuard isDirty={isDirty} />
      <div className={classes.template}>
        <Panel
          title={t('templates.words')}
          lead={template.is_own ? t('templates.isOwn') : t('templates.isBuiltIn')}
          actions={
            <>
              {template.is_own && (
                <Button variant="default" onClick={() => setIsResetting(true)}>
                  {t('templates.reset')}
                </Button>
              )}
              <Refusable reason={isDirty || isBusy ? null : t('common:refused.nothingChanged')}>
                <Button loading={isBusy} onClick={() => void keep(draft)}>
                  {t('templates.save')}
                </Button>
              </Refusable>
            </>
          }
        >
          {template.changed_at && (
            <Text size="xs" c="dimmed" mb="sm">
              {t('templates.changed', { who: template.changed_by?.name ?? '' })} <Time at={template.changed_at} />
            </Text>
          )}
          {partsOf(template.medium).map((part) => (
            <PartEditor
              key={part}
              part={part}
              value={draft[part]}
              most={longestOf(template.medium, part)}
              variables={template.variables}
              fault={faultOf(faults, part)}
              onChange={(source) => setDraft((before) => ({ ...before, [part]: source }))}
            />
          ))}
          {isDirty && (
            <Group justify="flex-end">
              <Button variant="subtle" onClick={() => setDraft(draftOf(template))}>
                {t('templates.discard')}
              </Button>
            </Group>
          )}
        </Panel>
        <TemplatePreview preview={preview} template={template} on={on} />
      </div>
      <TemplateVersions template={template} onTake={setDraft} />
      <ConfirmDialog
        isOpen={isResetting}
        title={t('templates.resetTitle')}
        confirm={t('templates.reset')}
        onConfirm={async () => setDraft(draftOf(await reset()))}
        onClose={() => setIsResetting(false)}
      >
        {t('templates.resetHelp')}
      </ConfirmDialog>
    </>
  );
}
