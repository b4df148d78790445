"""Common English words: what is one of them is never taken for a slip of the keyboard.

The most frequent whole words of four to twelve letters in the vocabulary of BERT (uncased, Apache-2.0), which is
ordered by frequency, and the words of support desks.
"""

from __future__ import annotations

from typing import Final

from bythebook.reading.common import listed

COMMON_WORDS: Final = listed(
    """
    aaron abandoned abbey abilities ability able aboard about above abraham abroad absence absolute absolutely abuse
    academic academy accept accepted access accessible accident accompanied according account accounted accounts
    accurate accused achieve achieved achievement acid acoustic acquired acquisition acre acres across acted acting
    action actions active activist activities activity actor actors actress acts actual actually adam adams adaptation
    adapted added adding addition additional additionally address addressed adelaide adjacent administered admiral
    admit admitted adopted adrian adult adults advance advanced advantage adventure adventures advertising advice
    advisory advocate affair affairs affect affected affiliated afghanistan afraid africa african after afternoon
    afterwards again against aged agencies agency agent agents ages agree agreed agreement agreements agricultural
    agriculture ahead aids aimed aircraft aired airlines airport alabama alain alan alaska albert alberta album albums
    alcohol alex alexander alfred alice alien alive alleged allen alliance allied allies allow allowed allowing allows
    almost alone along alongside alpha already also alternate alternative although altitude always amanda amateur
    amazing ambassador amendment america american americans among amongst amount amounts amsterdam analysis anchor
    ancient anderson andre andrew andy angel angeles angels anger angle anglo angry animal animals animated animation
    anna anne annie anniversary announced annual annually another answer answered answers anthony anti antonio anymore
    anyone anything anyway anywhere apart apartment appalled apparent apparently appeal appear appearance appearances
    appeared appearing appears apple application applications applied applies apply appointed appointment approach
    approached approaches approaching appropriate approval approve approved april arab arabic arch archbishop
    architect architects architecture archives area areas aren arena argent argentina argentine argue argued argument
    arizona arkansas armed armenian armor arms army arnold around arranged arrangement arrangements arrest arrested
    arrival arrive arrived arrives arriving arthur article articles artificial artillery artist artistic artists arts
    artwork asia asian aside asked asking asks asleep aspect aspects assault assembly assessment assets assigned
    assist assistance assistant assistants assisted assisting assists associate associated associates association
    assume assumed athens athlete athletes athletic athletics atlanta atlantic atmosphere attached attack attacked
    attacking attacks attempt attempted attempting attempts attend attendance attended attending attention attitude
    attorney attracted attraction attributed audience audio august aunt austin australia australian austria austrian
    author authorities authority authors auto automatic autonomous autumn available avenue average aviation avoid
    awaiting awake award awarded awards aware awareness away axis azerbaijan baby bachelor back backed background
    backing badly baker balance ball ballet balls baltimore band bands bangladesh bank banking banks banned baptist
    barbara barcelona bare barely baron barrel barry bars base baseball based basement bases basic basin basis
    basketball bass bastard bath bathroom battalion batter battery battle battles bays beach beam bear bearing bears
    beast beat beaten beating beautiful beauty became because become becomes becoming bedroom been beer beetle before
    began begin beginning begins begun behalf behavior behind beijing being belgian belgium belief believe believed
    believes bell belly belong belonged belonging belongs below belt bench bending beneath benefit benefits bengal
    benjamin bennett bent berkeley berlin bernard beside besides best beta beth better between beyond bible bidding
    bigger biggest bike bill billboard billing billings billion billions bills billy binding biography biological
    biology bird birds birmingham birth birthday bishop bishops bitch bite black blade blake blame blast blind blinked
    block blocked blocks blood bloody blow blue blues board boards boat boats bobby bodies body boiling bold bomb bond
    bone bones bonus book books booth boots border borders bore born borough boss boston both bother bottle bottom
    bought boulevard bound boundaries boundary bowl bowling boxes boxing boyfriend boys brad brain branch branches
    brand brazil brazilian bread break breakfast breaking breaks breast breath breathe breathing breeding brian brick
    bridge bridges brief briefly brigade bright brilliant bring bringing brings brisbane bristol britain british broad
    broadcast broadcasting broadway broke broken bronze brooklyn brooks brother brothers brought brow brown bruce
    brush brushed bryan buddhist budget buffalo build building buildings built bulgaria bulgarian bulging bull bullet
    bullying bureau buried burn burned burning burns burst buses bush busiest business businesses businessman busy
    butler button cabin cabinet cable cafe cage cake calendar california call called calling calls calm cambridge came
    camera cameron camp campaign campaigns campbell camps campus canada canadian canal canceled cancelled cancer
    candidate candidates cannot canyon capable capacity cape capita capital captain capture captured carbon card
    cardinal cards care career careful carefully cargo caribbean carl carlos carolina caroline carried carrier carries
    carry carrying cars carter carved case cases cash cast castle catch categories category cathedral catherine
    catholic cattle caught cause caused causes causing cavalry cave ceased ceiling celebrate celebrated celebration
    cell cello cells cemetery census center centers central centre centuries century ceremony certain certainly
    certificate certified chain chair chairman chairs challenge challenged challenges chamber chambers champion
    champions championship chance chancel chancellor change changed changes changing channel channels chaos chapel
    chapter character characters charge charged charges charity charles charlie charlotte chart charter charts chase
    check checked cheek cheeks cheered chemical chemistry chen chess chest chicago chicken chief child childhood
    children chile chin china chinese chocolate choice choir choose chorus chose chosen chow chris christ christian
    christianity christians christmas christopher chuck church churches cincinnati cinema circle circles circuit
    circular cited cities citizen citizens city civic civil civilian claim claimed claiming claims claire clan clark
    clarke class classes classic classical classified claude clay clean clear cleared clearing clearly clenched clerk
    cleveland client clients cliff climate climb climbed climbing clinic clinical clinics clinton clock close closed
    closely closer closest closing closure cloth clothes clothing cloud clouds clover club clubs coach coaches
    coaching coal coalition coast coastal coat code coffee coins cold cole colin collapse collapsed collect collected
    collection collections collective college colleges collins colombia colonel colonial colonies colony color
    colorado colored colors colour columbia column columns combat combination combined come comedy comes comfort
    comfortable comic comics coming command commanded commander commanding commenced comment commented comments
    commerce commercial commission commissioned commissioner commitment committed committee common commonly commons
    commonwealth commune communist communities community compact companies companion company compared comparison
    compete competed competing competition competitions competitive compilation compilations complain complaint
    complaints complete completed completely completing completion complex complexion compliance compliant complicated
    compliment component components composed composer composition compound computer computers concealed concentrated
    concept concepts concern concerned concerning concerns concert concerts concluded conclusion concrete condition
    conditions conduct conducted conductor confederate conference confidence confirmed conflict confused confusion
    cong congregation congress connacht connect connected connecticut connecting connection connections connects
    connor consecutive consequences conservation conservative consider considerable considered considering consisted
    consistent consisting consists constant constantly constituency constitution constructed construction consumer
    consumption contact contacted contacts contain contained containing contains contemporary content contents contest
    contested context continental continue continued continues continuing continuous contract contracts contrast
    contributed contributing contribution control controlled controls controversy convened convention conventional
    conversation conversion converted conveyed convict convicted convince convinced cook cooking cool cooper
    cooperation copies copper copy core cork corner cornered corners corporate corporation corps correct corridor
    corruption cost costa costs cotton couch could couldn council count counter counties countries country county
    couple couples courage course courses court courts cousin cove coven cover coverage covered covering covers covert
    coveted craft craig crash crashed crazy cream create created creating creation creative creator creature creatures
    credit credited credits creek crew cricket cried crime crimes criminal crisis critic critical criticism criticized
    critics croatia croatian cross crossed crosses crossing crowd crown cruz crying crystal cuba cultural culture
    curious curled current currently curse curve custom customary customer customers customs cuts cutting cycle
    cylinder czech daily dakota dale dallas damage damaged dame damn dams dance dancer dancing danger dangerous daniel
    danish danny dans dare dark darkness data database date dated dates dating daughter daughters dave david davis
    dawn days dead deadline deal dealing dean dear death deaths debate debt debut debuted decade decades december
    decide decided decides decision decisions deck declaration declare declared decline declined declines decorated
    dedicated deed deemed deep deeper deeply deer defeat defeated defeating defence defend defended defender defending
    defense defensive defined definitely definition degree degrees delaware delay delayed delhi deliver delivered
    delivers delivery delta demand demanded demands democracy democrat democratic democrats demolished demon demons
    demonstrated deng denied denies denmark dennis denny density dent denver deny departed department departments
    departure dependent depending depicted deployed depot depression depth deputy derby derek derived descendants
    descent describe described describes describing description desert design designated designation designed designer
    designs desire desk desperate despite destination destined destroy destroyed destruction detail detailed details
    detained detective detention determine determined detroit develop developed developers developing development
    develops device devices devil devon devoted dialogue diameter diamond dick didn died diego dies diesel difference
    differences different difficult difficulties difficulty digital dining dinner diocese diplomatic direct directed
    direction directions directly director directors dirt dirty disappeared disaster disbanded disc discover
    discovered discovery discuss discussed discussion disease diseases dismissed disney display displayed dispute
    dissolved distance distant distinct distinction distinctive distributed distribution district districts diverse
    divided divine division divisions divorce doctor doctors document documentary documents does doesn dogs doing
    dollar dollars domain dome domestic dominant dominated donald donated done dong door doors doorway double doubles
    doubt douglas dover down downgrade downtown dozen draft drafted drag dragged dragon drake drama dramatic draw
    drawing drawn dream dreams dress dressed drew drink drinking drive driven driver drivers driving drop dropped
    dropping drove drug drugs drum drummer drums drunk dual dublin duke duncan during dust dutch duties duty dying
    dylan dynasty each eagle eagles earl earlier earliest early earn earned earning ears earth earthquake ease easier
    easily east eastern easy eating economic economics economy eddie edge edges edinburgh edited edition editions
    editor editorial educated education educational edward edwards effect effective effectively effects efficiency
    efficient effort efforts eggs egypt egyptian eight eighteen eighth either ejected elder eldest elected election
    elections electoral electric electrical electricity electronic electronics element elementary elements elevated
    elevation elevator eleven eligible eliminated elite elizabeth ellis else elsewhere emails embassy emerged
    emergency emerging emil emily emma emotion emotional emotions emperor emphasis empire employed employee employees
    employment empty encounter encountered encouraged ended endemic ending endorse endorsed ends enemies enemy energy
    enforcement engage engaged engagement engine engineer engineering engineers engines england english enjoy enjoyed
    enormous enough enrolled ensemble ensure enter entered entering enterprise enterprises enters entire entirely
    entitled entrance entry environment episode episodes equal equally equation equipment equipped equivalent erected
    eric ernest error escape escaped especially essential essentially establish established establishing estate
    estimated ethan ether ethnic eugene europe european evacuation evaluating evans even evening event events
    eventually ever every everybody everyone everything everywhere evidence evil evolution evolved exact exactly
    examination example examples excellence excellent except exception exchange exchanged exchanges excited excitement
    exclusive exclusively excuse executed execution executive exercise exhibit exhibited exhibition exile exist
    existed existence existing exists exit expand expanded expansion expect expected expecting expedition expensive
    experience experienced experiences experiment experimental experiments expert experts explain explained explains
    explanation explosion exposed exposure express expressed expression extend extended extending extension extensive
    extensively extent external extinct extra extreme extremely eyebrows eyed eyes fabric facade face faced faces
    facilities facility facing fact factor factors factory faculty faded fail failed failing failure faint fair fairly
    faith fake fall fallen falling falls false fame familiar families family famous fans fantasy farm farmer farmers
    farming fashion fast faster fastest fate father fault favor favorite favour fear feature featured features
    featuring february federal federation feed feeding feel feeling feelings feels feet felix fell fellow fellowship
    felt female females ferry festival festivals fewer fiction fictional field fields fifa fifteen fifth fifty fight
    fighter fighters fighting figure figured figures file filed files fill filled filling film filmed filming films
    final finally finals finance financial find finding finds fine finger fingers finish finished finishing finland
    finnish fire fired firing firm firmly first fish fishing fist fitted five fixed flag flame flames flash flashed
    flat fled fleet flesh flew flight flights floating flood floor floors florence florida flow flower flowers flows
    fluid flying focus focused focuses focusing folded folk follow followed following follows food fool foot footage
    football footballer force forced forces forcing ford forehead foreign forest forests forever forget forgotten form
    formal formally format formation formed former formerly forming forms formula fort forth fortress fortune forty
    forum forward foster fought found foundation founded founder founding four fourteen fourth frame framework france
    franchise francis francisco francois frank franklin fred frederick free freedom freight french frequency frequent
    frequently fresh freyja friday friend friendly friends friendship from front frowned frozen fruit frustration fuck
    fucking fuel full fully function functional functions fund fundamental funded funding funds funeral funny
    furniture further furthermore fury future gabriel gain gained gaining gallery game games gang garage garcia garden
    gardens garrison gary gasped gate gates gathered gathering gauge gave gaze gear gender gene general generally
    generated generation generations genetic genre gentle gently genus george georgia german germans germany gets
    getting ghost giant giants gift gilbert girl girlfriend girls give given gives giving glad glance glanced glasgow
    glass glasses global globe glory gmina goal goals goddess gods goes going gold golden golf gone gong gonna good
    goods google gordon gospel goth gothic gotten government governments governor grab grabbed grace grade grades
    gradually graduate graduated graduating graduation graham grammar grand grandfather grandmother grandson grant
    granted graphic graphics grass grave gray great greater greatest greatly greece greek green greg gregory grew grey
    grid grin grinned grip gross ground grounds group groups grove grow growing grown grows growth guard guardian
    guards guess guest guests guide guided guilt guilty guinea guitar guitarist guitars gulf guns guys habitat hadn
    hair half hall hallway hamilton hamlet hampshire hand handed handle handling hands handsome hang hanging hank
    hannah hans happen happened happening happens happiness happy harbor harbour hard harder hardly hardware harm
    harold harper harris harrison harry harsh hart harvard harvey hasn hate hated have haven having hawaii hays head
    headed heading headquarters heads health healthcare healthy hear heard hearing heart hearts heat heaven heavily
    heavy heavyweight hebrew heels height heights heir held helen helicopter hell hello help helped helping helps
    hence henry herbert here heritage hero heroes hers herself hidden hide hiding high higher highest highly highway
    hill hills himself hindu hips hired hispanic historian historians historic historical historically history hitler
    hits hitting hockey hold holding holds hole holes holiday holland hollywood holy home homes honest honey hong
    honor honorary honors honour hood hook hope hoped hopes hoping horn horror horse horses hospital hospitals host
    hosted hosts hotel hour hours house housed household householder households houses housing houston hovered howard
    however http hudson huge hugh hughes hull human humane humanity humans humor hunan hundred hundreds hung hungarian
    hungary hungry hunt hunter hunting hurricane hurt husband idea ideal ideas identical identified identify identity
    ignore ignored illegal illinois illness illustrated image images imagine imagined immediate immediately immigrants
    immigration impact imperial implemented importance important impossible impressed impressive improve improved
    improvement improvements inaugural inch inches incident include included includes including income incorporated
    increase increased increases increasing increasingly incumbent indeed independence independent index india indian
    indiana indians indicate indicated indicates indicating indigenous individual individuals indonesia indoor
    inducted industrial industries industry infantry influence influenced influences influential information informed
    inhabitants inherited initial initially initiated initiative injured injuries injury inner innings innocent
    innovation input inside insisted inspector inspiration inspired installation installed instance instant instantly
    instead institute institution institutions instruction instructions instrument instrumental instruments insurance
    integrated integration intellectual intelligence intended intense intensity intent intention inter interaction
    interest interested interesting interests interface interior intermediate internal internet interrupted
    intersection interstate interview interviews into introduced introduction invasion investigate investment
    invitation invited invoice invoices involve involved involvement involves involving iowa iran iranian iraq ireland
    irish iron isaac isbn islam islamic island islands isolated israel israeli issue issued issues italian italy items
    itself ivan jack jacket jackson jacob jacques jail jake james jamie jane january japan japanese jared jason jays
    jazz jean jeans jeff jefferson jennifer jenny jeremy jerked jerry jersey jerusalem jesse jessica jesus jewish jews
    jimmy joan jobs john johnny johnson join joined joining joint joke jonathan jones jong jordan jose joseph josh
    journal journalism journalist journey juan judge judges judicial julia julian julie july jump jumped junction june
    junior jurisdiction jury just justice justin kane kansas karen karl kate keep keeping keeps keith kelly kennedy
    kent kentucky kenya kept kevin keyboards keys khan kick kicked kids kill killed killer killing kills kilometers
    kilometres kind kinds king kingdom kings kiss kissed kisses kissing kitchen knee knees knew knife knight knights
    knock knocked know knowing knowledge known knows kong korea korean kyle label labor laboratory labour lack ladies
    lady laid lake lakes land landed landing lands landscape lane lang language languages lanka large largely larger
    largest larry last lasted late latency later latest latin latino latter laugh laughed laughing laughter launch
    launched laura lawrence laws lawyer layer lays lead leader leaders leadership leading leads leaf league leagues
    lean leaned leaning learn learned learning lease least leather leave leaves leaving lebanon leeds left legacy
    legal legend legion legislation legislative legislature legs lending length leon leonard less lesser lessons lest
    letter letters letting level levels lewis liam liberal liberation liberty library license licensed lies lieutenant
    life lifetime lift lifted liga light lighting lightly lightning lights like liked likely likes lily limit limited
    limits lincoln linda line linear lined lines ling link linked links lion lions lips liquid lisa list listed listen
    listened listening lists liszt literacy literally literary literature litter little live lived liverpool lives
    living lloyd load loaded loan local locally located location locations lock locked locomotive locomotives lodge
    logan logic login logo london lone long longer longest look looked looking looks loop loose lord lords lose losing
    loss losses lost lots loud louis louise louisiana love loved lovely lover loves loving lower lowered lowest lucas
    luck lucky lucy luis luke lunch lung lust lying lyrics machine machines made madison madrid magazine magazines
    maggie magic magnetic mail main maine mainland mainly mainstream maintain maintained maintaining maintenance major
    majority make makes makeup making malaysia male males mall manage managed management manager managing manchester
    manhattan manner manor mansion manual manuel manufactured manufacturer manuscript many maps marble marc march
    marcus margaret margin maria marie marine mario maritime mark marked market marketing markets marks marriage
    married marry mars marshall martial martin marvel mary maryland mask mason mass massive master masters match
    matches mate material materials mathematical mathematics matrix matt matter matters matthew maurice maximum maybe
    mayor meal mean meaning means meant meanwhile measure measured measures meat mechanical mechanism medal medals
    media median medical medicine medieval medium meet meeting meetings meets melbourne melody member members
    membership memorial memories memory mental mention mentioned merchant mere merely merged merger merit mess message
    messages metal meter meters method methods metre metres metro metropolitan mexican mexico miami michael michigan
    microsoft middle midnight might miguel mike milan mile miles military militia milk mill miller milling million
    mills mind mine mines mini minimum mining minister ministers ministry minnesota minor minority minute minutes
    mirror miss missed missile missing mission missions mississippi missouri mist mistake mitchell mixed mixing
    mixture mobile mode model models modern modified molecular moment moments monastery monday money monitor monk
    monster montana montgomery month monthly months montreal monument mood moon moore moral more morgan morning morris
    moscow most mostly moth mother motion motor mount mountain mountains mounted mouse mouth move moved movement
    movements moves movie movies moving much muhammad multi multiple munich municipal municipality murder murdered
    murmured murphy murray muscle muscles museum music musical musician musicians muslim muslims must muttered mutual
    myself mysterious mystery naked name named namely names nancy narrative narrow narrowed nashville nate nathan
    nation national nations native natural naturally nature naval navy nazi ncaa near nearby nearest nearly nebraska
    necessary neck need needed needs needy negative negotiations neighborhood neil neither nelson nepal nephew nervous
    netherlands netting network networks nevada never nevertheless newcastle newly news newspaper newspapers newton
    next nice nicholas nick nickname nigeria night nights nine ninth noah noble nobody nodded nodding noise nominated
    nomination none norfolk normal normally norman north northeast northern northwest northwestern norway norwegian
    nose notable notably note noted notes nothin nothing notice noticed noticing noting nova novel novels november
    nowhere nuclear number numbers numerous nurse nursing obama object objective objects observation observed obtain
    obtained obvious obviously occasion occasional occasionally occasions occupation occupied occur occurred occurs
    ocean october offensive offer offered offering offers office officer officers offices official officially
    officials often ohio okay oklahoma older oldest oliver olivia olympic olympics once ones ongoing online only
    ontario onto open opened opening opens opera operate operated operates operating operation operational operations
    operator opinion opponent opponents opportunity opposed opposite opposition option options orange orchestra order
    ordered orders ordinary oregon organ organic organisation organised organization organized oriented origin
    original originally originated origins orleans orthodox oscar other others otherwise ottawa otter otto ottoman
    outage outbreak outdoor outer output outside outstanding over overall overseas owen owned owner owners ownership
    oxford oxygen pace pacific pack package page pages paid pain paint painted painter painting paintings pair pairs
    pakistan palace pale palm panama panel panic panting pants paper papers parade parallel parcel parent parents
    paris parish park parker parking parks parliament part partial partially participants participate participated
    particular particularly parties partly partner partners partnership parts party pass passage passed passenger
    passengers passes passing passion password past patent path patient patients patrick patrol pattern patterns paul
    paused pavement paying payment payments pays peace peak peaked peaking pearl pearson pedro peeking peeling peer
    peering penalty pendant peninsula pennsylvania people peoples percent percentage percussion perfect perfectly
    perform performance performances performed performing perhaps period periods permanent permission permitted perry
    persian person persona personal personality personally personnel persons perspective peru pete peter petersburg
    phase phil philadelphia philip philippine philippines phillips philosophy phoenix phone photo photographer
    photographs photography photos phrase physical physically physician physics piano pick picked picking picture
    pictures piece pieces pierre pigment pilot pilots pine pink pinning pioneer pirates pitch pitched pitcher
    pittsburgh place placed places placing plain plan plane planet planned planning plans plant planted plants plastic
    plate plates platform platforms play played player players playing playoff playoffs plays plaza pleading pleas
    pleasant please pleased pleasure plenty plot plus pocket poem poems poet poetry point pointed pointing points
    poland pole police policies policy polish political politician politics poll pool poor pope popular popularity
    population populations porch port portion portland portrait portrayed portugal portuguese position positions
    positive possession possibility possible possibly post posted posts potential pounding pounds poured poverty power
    powered powerful powers practical practically practice practices pradesh praise praised prayer prefecture
    preferred pregnant premier premiere premiered preparation prepare prepared preparing presence present presentation
    presented presents preservation preserve preserved president presidential press pressed pressing pressure preston
    pretty prevent previous previously prey price prices pride priest primarily primary prime prince princess
    principal principle principles print printed printing prior prison prisoner prisoners private prix prize probably
    problem problems procedure process processes processing produce produced producer producers produces producing
    product production productions products professional professor profile profit program programme programmes
    programming programs progress progressive project projects prominent promise promised promote promoted promoting
    promotion proof proper properly properties property proposal proposed protect protected protection protein
    proteins protest protestant protests proud prove proved provide provided provides providing province provinces
    provincial psychology public publication publications publicly published publisher publishers publishing pudding
    puerto pull pulled pulling pulls pulse punishment punk pupils purchase purchased pure purple purpose purposes
    pursue pursuit push pushed pushing puts putting qualified qualify qualifying quality quantum quarter quarters
    quartet quebec queen queensland question questions quick quickly quiet quietly quit quite quota rabbi race raced
    races rachel racial racing radar radiation radical radio rage raid rail railroad railway railways rain raise
    raised raising rake rally ralph ranch random rang range rangers ranges ranging rank ranked ranking ranks rapid
    rapidly rare rarely rate rated rates rather rating ratio raymond rays reach reached reaches reaching reacted
    reaction read reader readers reading ready real reality realize realized really realm rear reason reasons rebel
    rebellion rebels rebuilt recalled receive received receiver receives receiving recent recently reception recipient
    recognised recognition recognize recognized recommended record recorded recording recordings records recovered
    recovery reduce reduced reducing reduction reed reelected reelection refer referee reference references referred
    referring refers refined reflect reflected reflection reform refuge refugee refunded refunds refusal refuse
    refused refuses regard regarded regarding regardless regime regiment region regional regions register registered
    regular regularly regulation regulations reign reject rejected rejecting rejection rejects related relation
    relations relationship relative relatively relaxed release released releases releasing relegated relevant relief
    relieved religion religious relocated remain remainder remained remaining remains remember remembered reminded
    remix remote removal remove removed renaissance renamed renowned repair repaired repeal repeated repeatedly
    repeats replace replaced replacement replacing replied reply report reported reportedly reporter reporting reports
    represent representation represented representing represents republic republican repulsed reputation reputed
    request requested requests requiem require required requirements requires rescue research researchers resented
    reserve reserves reservoir reset residence resident residential residents residing resignation resigned resistance
    resolution resort resource resources respect respected respective respectively respond responded responds response
    responses responsible responsive rest restaurant restaurants resting restoration restored restricted result
    resulted resulting results resumed retail retained retention retired retirement retorted retreat retrieved return
    returned returning returns reused reveal revealed reveals revenge revenue reverse reverted review reviewed reviews
    revised revival revolution rhythm rice rich richard richmond rick rico ride rider riders ridge riding rifle right
    rights riley ring rings rise rising risk rival river rivers road roads robert roberts robin robinson rock rocket
    rocks rocky rode roger rogers roland role roles roll rolled rolling roman romance romania romanian romanized
    romantic rome roof rookie room rooms root roots rope rose ross roth rough roughly round rounded rounds route
    routes rover royal rubbed rugby ruins rule ruled ruler rules ruling runner runners running runs rural rush rushed
    rushing russell russia russian ruth ryan sacred safe safety said sailed sailing saint saints sake sale salem sales
    salt salts same sample samples samuel sanctuary sand sandy sang sank santa sara sarah satellite satisfied saturday
    saudi save saved saves saving saxophone saying says scale scales scared scarred scattered scene scenes scent
    schedule scheduled scheme scholar scholars scholarship school schools science sciences scientific scientist
    scientists score scored scores scoring scotland scott scottish scout scream screamed screaming screen script
    sculpture seal sean search searching season seasons seat seats seattle sebastian second secondary seconds secret
    secretary secrets section sections sector secure secured security seed seeds seeing seek seeking seeks seem seemed
    seems seen sees segment seized select selected selection self sell selling semi semifinals senate senator send
    sending senior sense sensitive sent sentence sentenced separate separated september sequel sequence serbia serbian
    sergeant serial series serious seriously servant serve served server serves service serviced services serving
    session sessions seth sets setting settle settled settlement settlements settlers seven seventh several severe
    sexual sexy shadow shadows shah shake shakespeare shaking shall shallow shanghai shape shaped share shared shares
    sharing sharp shaw shed sheep sheet sheffield shell shelter shen sheriff shield shift shifted ship shipment
    shipping ships shirt shit shock shocked shoe shoes shook shoot shooting shop shopping shops shore short shorter
    shortly shot shots should shoulder shoulders shouldn shouted shoved show showed shower showing shown shows
    shrugged shut sick side sides siege sierra sigh sighed sight sign signal signals signature signed significance
    significant signing signs silence silent silk silver similar similarly simon simple simply since sing singapore
    singer singers singh singing single singles sink sister sisters site sites sits sitting situated situation
    situations sixteen sixth sixty size sized skill skills skin skull slammed slave slaves sleep sleeping slept slid
    slide sliding slight slightly slip slipped slow slowly small smaller smart smarter smell smile smiled smiles
    smiling smith smoke smooth snake snapped snarled sneak snorted snow soap soccer social socialist societies society
    soft softly software soil solar sold soldier soldiers sole solid solo solution solutions some somebody somehow
    someone something sometimes somewhat somewhere song songs songwriter sons sony soon sophie sorry sort sought soul
    sound sounded sounds soundtrack source sources south southeast southeastern southern southwest soviet space spaces
    spain span spanish sparked speak speaker speakers speaking speaks spear special specialist specialized species
    specific specifically speech speed spell spencer spend spending spent spider spin spine spirit spiritual split
    spoke spoken sponsored sport sporting sports spot spots spotted spread spring springs spun squad squadron square
    squeezed stabbed stable stacked stadium staff staffed stage stages stained stairs stake stakes stalk stalked
    stalled stamped stand standard standards standing stands stanford stanley star stare stared staring stark starr
    starred starring stars start started starter starters starting startled starts startup starved stat state stated
    statement states stating station stations statistical statistics stats statue statues status stay stayed staying
    steady steak steam steel stem step stephen stepped steps steve steven stewart stick still stirred stock stolen
    stomach stone stones stood stop stopped stopping stops storage store stored stores stories storm stormed story
    straight strange stranger strategic strategy stream street streets strength stress stretch stretched strike
    striking string strings strip stroke strong stronger strongly struck structural structure structures struggle
    struggled struggling stuart stuck student students studied studies studio studios study studying stuff stupid
    style styles subject subjects submarine submitted subscription subsequent subsequently subsidiary substantial
    substitute suburb succeeded success successful successfully succession successor such sudden suddenly suffered
    suffering sufficient sugar suggest suggested suggests suicide suit suitable suite sullivan sultan summer summit
    sunday sung super superior supplied supplies supply support supported supporters supporting supports suppose
    supposed supreme sure surely surface surgery surprise surprised surrender surrounded surrounding survey survival
    survive survived survives surviving susan suspect suspected suspended swallowed swear sweat sweden swedish sweet
    swept swimming swing swiss switch switched switzerland sword swung sydney symbol symphony symptoms syria system
    systems table tables tack tail taiwan take taken takes taking tale talent tales talk talked talking talks tall
    taluk tame tamil tank tanks tape target targets task tasks taste tate taught taxes taylor teach teacher teachers
    teaching team teams tear tears tech technical technique techniques technologies technology teeth telephone
    television tell telling tells temperature temperatures temple temples temporarily temporary tend tending tennessee
    tennis tension tenth tenure term terminal terminus terms terrible territorial territories territory terror terry
    test tested testing tests texas text texts thai thailand than thank thanks that theater theatre their them theme
    themes themselves then theology theories theory therapy there thereafter thereby therefore these they thick thin
    thing things think thinking thinks third thirteen thirty this thomas thompson those though thought thoughts
    thousand thousands threat threatened three threw throat throne through throughout throw throwing thrown thrust
    thumb thunder thus ticket tied tier ties tiger tigers tight tightened tightly till timber time times tiny tired
    tissue title titled titles today todd together tokyo told tomb tommy tomorrow tone tong tongue tonight tons tony
    took tool tools topic topics torn toronto tossed total totally touch touchdown touched touching tough tour toured
    touring tourism tourist tournament tournaments tours toward towards tower towers town towns township trace track
    tracking tracks trade traded trading tradition traditional traditions traffic trail train trained training trains
    transfer transferred transit transition translated translation transmission transport trap trapped travel traveled
    traveling travelled travels treat treated treatment treaty tree trees trent trial trials tribe tribes tribute
    trick tried tries trinity trio trip triple troops trophy tropical trouble truck true truly trump trunk trust truth
    trying tube tuned tunnel turkey turkish turn turned turner turning turns twelve twenty twice twin twins twisted
    tyler type types typical typically uefa ukraine ukrainian ultimate ultimately unable uncle uncredited under
    underground underneath understand understood uniform union unique unit united units unity universal universe
    universities university unknown unless unlike unsuccessful until unusual updated upgrade upgraded upgrades upon
    upper upset urban usage used useful user users uses using usual usually utah valley valuable valuation value
    values vampire vampires vancouver variable variant variation variations variety various vary vast vegas vehicle
    vehicles vendor vendors venezuela venice venture venue verity verse version versions versus vertical very vessel
    vessels veteran veterans vice victim victims victor victoria victorian victory video videos vienna vietnam view
    viewed viewers views villa village villages vincent violence violent violin virgin virginia virtual virus visible
    vision visit visited visiting visitors visits visual vocal vocalist vocals voice voiced voices voivodeship
    volleyball volume volumes volunteer volunteers vote voted voters votes voting vulnerable waist wait waited waiting
    wake wales walk walked walker walking walks wall wallace walls walter wang want wanted wanting wants ward warfare
    warm warming warmth warned warner warning warranty warren warring warrior warriors wars warsaw washing washington
    wasn waste wasting watch watched watching water waters watson wave waved waves wayne ways weak wealth wealthy
    weapon weapons wear wearing weather website wedding weed weeds week weekend weekly weeks weight weird welcome
    welfare well wellington wells welsh went were weren west western what whatever wheel wheels when whenever where
    whereas whether which while whilst whisper whispered white whole whom whose wide widely wider widespread widow
    wien wife wild wildlife will william williams willing wilson wind window windows winds wine wing wings winner
    winners winning wins winter wiped wire wisconsin wise wish wished witch with withdrew within without witness woke
    wolf woman women wonder wondered wonderful wondering wong wood wooden woods word words wore work worked worker
    workers working works workshop world worlds worldwide worn worried worry worse worship worst worth would wouldn
    wound wounded wrapped wren wrestling wright wrist write writer writers writes writhing writing writings written
    wrong wrote yale yard yards yeah year years yelled yellow yesterday yong york yorkshire young younger youngest
    your yours yourself youth youtube yves zane zealand zero zone
    """
)
