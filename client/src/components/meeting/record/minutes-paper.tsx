import type { MinutesBlock, MinutesDocument } from '@diemcau/shared/minutes/document.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import classes from './record.module.css';
import { WordingField } from './wording-field.tsx';

type Hand = 'reads' | 'words';

/** The programme's lines carry their numbers with them. */
const numbered = /^\d+\. /;

function BlockTable({ block }: { readonly block: Extract<MinutesBlock, { kind: 'table' }> }) {
  const last = block.rows.length - 1;
  return (
    <div className={classes.scroll}>
      <table>
        <thead>
          <tr>
            {block.header.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            <tr
              key={row[0]}
              className={block.total === 'lastRow' && index === last ? classes.total : undefined}
            >
              {row.map((cell, column) => (
                <td key={`${block.header[column]}`}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Block({ block, hand }: { readonly block: MinutesBlock; readonly hand: Hand }) {
  const t = useRecordText();
  switch (block.kind) {
    case 'text': {
      const weight = block.weight === undefined ? undefined : classes[block.weight];
      return <p className={weight}>{block.text}</p>;
    }
    case 'list':
      return (
        <ul className={block.items.every((item) => numbered.test(item)) ? classes.numbered : undefined}>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      );
    case 'table':
      return <BlockTable block={block} />;
    case 'wording':
      if (hand === 'words') return <WordingField part={block.part} label={block.label} />;
      return block.text === null ? (
        <p className={classes.unworded}>{t('minutes.unworded')}</p>
      ) : (
        <p className={classes.worded}>{block.text}</p>
      );
  }
}

interface MinutesPaperProps {
  readonly minutes: MinutesDocument;
  /** `words`: the clerk, beside figures that nobody edits (MIN2). */
  readonly hand: Hand;
}

/** The minutes as a page, with the same content as DOCX and PDF (MIN1, MIN4). Vietnamese, as the record is. */
export function MinutesPaper({ minutes, hand }: MinutesPaperProps) {
  const t = useRecordText();
  return (
    <article className={classes.paper} lang="vi" data-testid="minutes-paper">
      <header className={classes.heading}>
        <div>
          <p>{minutes.higherBody.toLocaleUpperCase('vi')}</p>
          <p>
            <strong>{minutes.body.toLocaleUpperCase('vi')}</strong>
          </p>
          <p>*</p>
        </div>
        <div>
          <p className={classes.party}>
            <span>ĐẢNG CỘNG SẢN VIỆT NAM</span>
          </p>
          <p className={classes.date}>{minutes.placeAndDate}</p>
        </div>
      </header>
      <h2 className={classes.title}>{minutes.title}</h2>
      <p className={classes.subject}>{minutes.subject}</p>
      {minutes.sections.map((section) => (
        <section key={section.key} data-testid={`minutes-${section.key}`}>
          <h3 className={classes.sectionTitle}>{section.heading}</h3>
          {section.blocks.map((block, index) => (
            <Block
              key={block.kind === 'wording' ? block.part : `${section.key}:${index}`}
              block={block}
              hand={hand}
            />
          ))}
        </section>
      ))}
      <div className={classes.signatures}>
        <div>
          <strong>{t('minutes.clerk')}</strong>
          {minutes.signatures.clerk}
        </div>
        <div>
          <strong>{t('minutes.chair')}</strong>
          {minutes.signatures.chair}
        </div>
      </div>
      {minutes.head !== null && (
        <p className={classes.head} data-testid="minutes-head">
          {t('minutes.head', { seq: minutes.head.seq, hash: minutes.head.hash })}
        </p>
      )}
    </article>
  );
}
