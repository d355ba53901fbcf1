import pytest, time, json
from tests.attacks.test_knowledge import *
from tests.attacks.test_vintages import arrive, newcomer, NEWCOMER
from tests.attacks.world import *
from tests.attacks.lattice import *
pytestmark = pytest.mark.django_db
def small_remainders(seen):
    out=[]
    for system in systems(seen):
        shown=[(c,e.members,e.low) for c,e in zip(system.cells,system.equations) if c.exact and len(e.members)]
        cellsets={e.members.tobytes() for e in system.equations}
        got=set()
        for c,m,v in shown:
            sm=set(m.tolist())
            for d,n,w in shown:
                if len(n)<len(m) and 1<=v-w<=4 and set(n.tolist())<sm:
                    r=np.setdiff1d(m,n)
                    if r.tobytes() not in cellsets and r.tobytes() not in got:
                        got.add(r.tobytes()); out.append((c.release,c.axes,c.codes,v,"minus",d.release,d.axes,d.codes,w,"=",v-w))
    return out

def folk(world):
    import uuid
    L=[("Y25T34","DK01")]*40+[("Y15T17","DK01")]*6+[("Y18T24","DK01")]*3+[("Y25T34","DK03")]*3
    new=[replace(NEWCOMER,id=UUID(int=2**126+n,version=4),month=date(2008,1+n%12,1),codes={**NEWCOMER.codes,"age_band":a,"region":r},partner=(NGO,POLICE,"MUNICIPALITY")[n%3]) for n,(a,r) in enumerate(L)]
    arrive(world,new)
def test_h4b(world):
    folk(world)
    issue("2008",PUBLIC,["age_band.age18","age_band.age25"])
    for x in small_remainders(crawl(world.anonymous,EVERY,["2008.p1"])): print("\nREMAINDER-b",x)
def test_h3(world):
    folk(world)
    issue("2009",PUBLIC,["region","gender"])
    issue("2008-2009",PUBLIC,["region","gender"])
    for x in small_remainders(crawl(world.anonymous,EVERY,["2009.p1","2008-2009.p1"])): print("\nPERIOD",x)
    for c in crawl(world.anonymous,["region"],["2009.p1","2008-2009.p1"]): print("\nX",c.release,c.codes,c.low,c.hidden)
    try:
        issue("2008",PUBLIC,["region"]); print("\nok later")
    except BaseException as e: print("\nLATER",repr(e)[:300])
