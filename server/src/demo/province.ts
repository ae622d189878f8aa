import type { CellId, OrganizationId, PersonId } from '@diemcau/shared/ids.ts';
import type { Result } from '@diemcau/shared/result.ts';
import { createAccount } from '../auth/accounts.ts';
import { hashPassword } from '../auth/passwords.ts';
import { createCell, createSite } from '../directory/cells.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import { addMember, type MemberDetails } from '../directory/members.ts';
import { createOrganization } from '../directory/organizations.ts';
import { addPerson } from '../directory/people.ts';
import { appointAdministrator, assignSuperior } from '../directory/rights.ts';
import { type Chooser, createChooser, inventName } from './names.ts';
import { organizations, type PlannedCell, province } from './plan.ts';

/** Every invented person's password. It opens nothing but the demonstration. */
export const demoPassword = 'diemcau-minh-hoa';

/** Said when DEMO and the directory do not go together: invented people have a password that everybody can read. */
export class NotADemonstration extends Error {
  constructor(found: 'real' | 'invented') {
    super(
      found === 'real'
        ? 'DEMO=1 needs a DATA_DIR of its own: this one already holds an organization that was not invented.'
        : 'This DATA_DIR holds the demonstration: start with DEMO=1, or give another DATA_DIR for real people.',
    );
    this.name = 'NotADemonstration';
  }
}

/** @throws NotADemonstration where the demonstration's people stand and DEMO is 0. */
export async function refuseInvented(db: DirectoryDatabase): Promise<void> {
  if (await holdsInvented(db)) throw new NotADemonstration('invented');
}

async function holdsInvented(db: DirectoryDatabase): Promise<boolean> {
  return (await db.selectFrom('demoPeople').select('personId').limit(1).executeTakeFirst()) !== undefined;
}

/**
 * Makes the demonstration province in an empty directory, the same names every time; does nothing where it stands.
 * @throws NotADemonstration where somebody else's organization stands.
 */
export async function createProvince(db: DirectoryDatabase, at: number): Promise<'created' | 'found'> {
  if (await holdsInvented(db)) return 'found';
  if (await db.selectFrom('organizations').select('id').limit(1).executeTakeFirst())
    throw new NotADemonstration('real');
  const passwordHash = await hashPassword(demoPassword);
  // All or nothing: a start that is cut short leaves an empty directory for the next one.
  await db.transaction().execute((within) => new Builder(within, passwordHash, at).province());
  return 'created';
}

/** The directory refuses nothing that the plan asks for; if it does, the plan is wrong. */
function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`The demonstration's plan was refused: ${result.refusal.code}`);
  return result.value;
}

class Builder {
  readonly #db: DirectoryDatabase;
  readonly #passwordHash: string;
  readonly #at: number;
  readonly #chooser: Chooser = createChooser(2025);
  readonly #names = new Set<string>();
  #people = 0;

  constructor(db: DirectoryDatabase, passwordHash: string, at: number) {
    this.#db = db;
    this.#passwordHash = passwordHash;
    this.#at = at;
  }

  async province(): Promise<void> {
    const db = this.#db;
    const top = must(await createOrganization(db, { parentId: null, ...province }));
    const placed = new Map<string, OrganizationId>();
    const cells = new Map<string, CellId>();
    for (const { cells: planned, ...organization } of organizations) {
      const id = must(await createOrganization(db, { parentId: top, ...organization }));
      placed.set(organization.name, id);
      for (const cell of planned) cells.set(cell.name, await this.#cell(id, cell));
    }

    const overAll = await this.#official('Ủy viên Ban Thường vụ Tỉnh ủy Việt Bắc');
    must(await assignSuperior(db, overAll, { organizationId: top }));
    const overCommune = await this.#official('Phó Bí thư Đảng ủy xã Hòa Sơn');
    const commune = placed.get('Đảng bộ xã Hòa Sơn');
    if (commune) must(await assignSuperior(db, overCommune, { organizationId: commune }));
    const clinic = cells.get('Chi bộ Trung tâm Y tế Việt Bắc');
    if (clinic) must(await assignSuperior(db, overCommune, { cellId: clinic }));
    const administrator = await this.#official('Cán bộ Ban Tổ chức Tỉnh ủy Việt Bắc');
    must(await appointAdministrator(db, administrator, top));
  }

  async #cell(organizationId: OrganizationId, planned: PlannedCell): Promise<CellId> {
    const { name, type } = planned;
    const cellId = must(await createCell(this.#db, { organizationId, name, type }));
    for (const [position, site] of planned.sites.entries()) {
      must(await createSite(this.#db, cellId, { ...site, isMain: position === 0 }));
    }
    for (let position = 0; position < planned.members; position += 1) {
      const details = this.#member(planned, position);
      const personId = must(await addMember(this.#db, cellId, details));
      await this.#enrol(personId, details.phone ?? details.name);
    }
    return cellId;
  }

  /** Who stands at this place of the roster; the first eight are the same in every cell. */
  #member(planned: PlannedCell, position: number): MemberDetails {
    const group = planned.groups[position % Math.max(1, planned.groups.length)] ?? null;
    const bare: MemberDetails = {
      name: this.#name(),
      birthYear: 1958 + this.#chooser.number(40),
      phone: this.#phone(),
      standing: 'official',
      office: null,
      isClerk: false,
      partyGroup: group,
      groupOffice: null,
      specialDuty: false,
      detained: false,
    };
    switch (position) {
      case 0:
        return { ...bare, office: 'cellSecretary', birthYear: 1970 + this.#chooser.number(15) };
      case 1:
        return { ...bare, office: 'deputySecretary' };
      case 2:
        return { ...bare, office: 'committeeMember' };
      case 3:
        return { ...bare, isClerk: true, birthYear: 1980 + this.#chooser.number(15) };
      case 4:
      case 5:
        return { ...bare, standing: 'probationary', birthYear: 1996 + this.#chooser.number(9) };
      case 6:
        return { ...bare, standing: 'exempt', birthYear: 1938 + this.#chooser.number(8) };
      case 7:
        return { ...bare, standing: 'temporaryIn' };
    }
    const place = position - 8;
    if (place < planned.groups.length) {
      return { ...bare, partyGroup: planned.groups[place] ?? null, groupOffice: 'groupLeader' };
    }
    if (place < 2 * planned.groups.length) {
      return {
        ...bare,
        partyGroup: planned.groups[place - planned.groups.length] ?? null,
        groupOffice: 'groupDeputyLeader',
      };
    }
    const isLast = position === planned.members - 1;
    if (isLast && planned.type === 'armedForces') return { ...bare, specialDuty: true };
    if (isLast && planned.members > 20) return { ...bare, standing: 'temporaryOut' };
    return bare;
  }

  /** Somebody with an office outside the cells. */
  async #official(title: string): Promise<PersonId> {
    const name = this.#name();
    const phone = this.#phone();
    const personId = must(
      await addPerson(this.#db, { name, birthYear: 1965 + this.#chooser.number(20), phone, title }),
    );
    await this.#enrol(personId, phone);
    return personId;
  }

  async #enrol(personId: PersonId, login: string): Promise<void> {
    await createAccount(this.#db, { personId, login, passwordHash: this.#passwordHash }, this.#at);
    await this.#db.insertInto('demoPeople').values({ personId }).execute();
  }

  /** No two people of one name, so that each can sign in by it. */
  #name(): string {
    for (;;) {
      const name = inventName(this.#chooser);
      if (this.#names.has(name)) continue;
      this.#names.add(name);
      return name;
    }
  }

  /** Numbers that no one was given: 0900 000 and a count. */
  #phone(): string {
    this.#people += 1;
    return `0900000${String(this.#people).padStart(3, '0')}`;
  }
}
