"""Given names and family names that are frequent in Denmark and among those whom partners meet.

They are what one word alone is known by. Two words need no list: see `cases.intake.guard.words`.
"""

from __future__ import annotations

GIVEN = """
aaliyah abdi abdullah abeba abel adaobi adeola adriana aferdita agnieszka ahmad ahmed aisha aishat ali alice alina aleksandra
alexandra alexandru ama amal amara amina amira ana anastasia andreea andrei andrzej angelica anita anna anne annette anton
aoife arben arjun ayse bahar balazs beata benjamin bente birgit birgitte blessing bogdan camilla carlos catalina cecilie
charlotte chiamaka chidinma chinedu chioma christian christina claudia cristina daniel daniela daria david diana dimitri dmytro
doina dorota ebele edita ekaterina elena elham elif elisabeth elizabeth emil emilie emma erik esther eszter ewa ezinne fadumo
faith farah fatema fatima fatma fatou fatoumata favour felicia fernando florin freja frida gabriela gheorghe gitte grace gulnara
habiba hanna hanne hannah hans hassan helle henrik huong hussein ibrahim ifeoma igor ileana ines inga inge ingrid ioana ion
irina isabella istvan ivan ivana jacob jakob jasmin jasmina jelena jens jesper joanna johanne john jonas jorge jose joseph joy
juan julia juliana julie jytte kamila karen karin karolina katarzyna katerina kathrine katja khadija kim kirsten kjeld klaus
krisztina kristina krzysztof lacramioara lan lars lasse laura leila lena lene leyla lina linh lise liudmila lone lotte louise lucas
ludmila luis maja malene malgorzata mamadou manuela maria mariam mariana marie marius mariya marta martin mary maryam mathilde
maxim mehmet mette michael michaela mihaela mihai mikkel mila milena ming mircea mohamed mohammad mohammed monica monika morten
muhammad mustafa nadia nadja naomi natalia nataliya nataša ngozi nguyen nicola nicoleta niels nikolaj nikoleta nina nkechi
noor nora nour nurul oana obinna ogechi oksana olena olga olivia omar osman oscar ousmane patience patricia paulina peace pedro
peter petra pia piotr precious princess promise queen rachel radu rahima rania raquel rasmus razan rebecca regina rikke
rita roberta rosa roxana ruth sabrina sadia sahra samira sandra sanne sara sarah sergei sergiu shabnam sofia sofie
somchai sophie stefan stefania stella steven stine sunniva susanne svetlana svitlana søren tamara tanja tatiana temitope teodora
teresa thi thomas thu thuy tina tine tomasz torben trang trine ulla uchenna valentina valeria vanessa vasile vera veronica
vesna victor victoria viktoria vivian vladimir volha yasmin yetunde yulia yuliya yusuf zahra zainab zeynep zofia zoltan zsofia
"""
FAMILY = """
abdi abdullahi abubakar adebayo adeyemi afolabi agyeman ahmadi ahmed ahmeti akhtar alexandru ali amoah andersen andersson
andrei antonescu arslan asante balogun bakker barbu bashir begum berisha boateng bogdanova bondarenko carlsen
castro ceban chaiyasit chen christensen christiansen christoffersen ciobanu clausen constantin costescu cruz dahl danielsen
davidova demir diallo diaz dimitrov dimitrova dinu dragomir dumitrescu dumitru emmanuel eriksen eriksson eze fernandez
ferreira florea frederiksen garcia georgescu georgiev georgieva gomez gonzalez gheorghe gupta haidari hansen hashemi hassan
hasani henriksen hernandez hoang hoxha hussain hussein ibrahim iliescu iliev ilieva ionescu ivanov ivanova jacobsen jensen
jensson jeppesen johansen johnson jonsson jovanovic jørgensen kamara kaminska kaya keita khalil khan kjeldsen
kiss klausen knudsen koroma kovacs kovalenko kowalska kowalski kozak krasniqi kristensen kristiansen krogh kumar larsen laursen
lewandowska lopez lungu madsen marinova marku martinez mensah mikkelsen mohamud mortensen moldovan munteanu mustafa møller nagy
nguyen nielsen nielson nikolova nilsen nilsson novak nowak nwosu obi okafor okeke okonkwo okoro olofsson olsen olsson omar
onyeka osei owusu patel paulsen pedersen perera pereira petersen petrescu petrov petrova petrović pham phan poulsen
popa popescu popov popova radu rahman rahimi ramos rasmussen reyes rexhepi rodriguez rossi rusu santos sahin schmidt
shah shala sharma shevchenko silva singh simonsen smith somboon sow stan stoica suleiman svensson szabo sørensen tesfaye
thapa thomsen toth toure tran traore usman vasilev vasileva vinther vo wiśniewska wójcik yilmaz yeboah yusuf zhang zhao
"""
NAMES = frozenset((GIVEN + FAMILY).split())
